import CMuJoCo
import Randomness

/// A user's model rewarded as a task file declares: for forward motion of a body and for staying
/// healthy, less the cost of controls and contacts.
struct DeclaredTask: PhysicsTask {
  let observationSize: Int
  /// Reward per healthy step.
  let healthyReward: Double
  var readsContactForces: Bool { contactWeight != 0 }
  let keyframe: Int?

  private let body: Int
  private let axis: Int
  private let forwardWeight: Double
  private let controlWeight: Double
  private let contactWeight: Double
  private let contactForces: ClosedRange<Double>
  private let healthyHeights: ClosedRange<Double>
  private let healthyJoints: [(coordinate: Int, range: ClosedRange<Double>)]
  private let terminatesWhenUnhealthy: Bool
  private let resetNoise: Double
  private let skippedPositions: Int
  private let observesVelocities: Bool
  private let velocityClip: Double
  private let sensors: SensorReadings
  private var position = 0.0

  /// The task that `options` describe on `model`.
  init(_ options: inout EnvironmentOptions, _ model: PhysicsModel) throws(EnvironmentError) {
    let bodies = model.bodyNames
    guard model.controlSize > 0, let root = bodies.first else {
      throw EnvironmentError(
        .invalidModel, "\(model.path) has no actuator: a policy acts through its <actuator>s")
    }
    let body = try options.choice("body", root, of: bodies)
    self.body = 1 + (bodies.firstIndex(of: body) ?? 0)
    let axes = ["x", "y", "z"]
    axis = axes.firstIndex(of: try options.choice("axis", "x", of: axes)) ?? 0
    forwardWeight = try options.number("forward_reward_weight", 1)
    controlWeight = try options.number("ctrl_cost_weight", 0.1)
    contactWeight = try options.number("contact_cost_weight", 0)
    contactForces = try options.range("contact_force_range", -1...1)
    healthyReward = try options.number("healthy_reward", 0)
    healthyHeights = try options.range("healthy_z_range", -.infinity ... .infinity)
    healthyJoints = try Self.healthyJoints(&options, model)
    terminatesWhenUnhealthy = try options.flag("terminate_when_unhealthy", true)
    resetNoise = try options.number("reset_noise_scale", 0.01)
    keyframe = try options.keyframe(among: model.keyframeNames)
    skippedPositions = try options.integer(
      "skipped_positions", model.planarCoordinates, in: 0...model.positionSize)
    observesVelocities = try options.flag("observe_velocities", true)
    velocityClip = try options.number("velocity_clip", .infinity)
    sensors = try SensorReadings(&options, model)
    observationSize =
      model.positionSize - skippedPositions + (observesVelocities ? model.velocitySize : 0)
      + sensors.observed.count
    guard observationSize > 0 else {
      throw EnvironmentError(
        .invalidOption, "\(options.id) has nothing to observe: lower skipped_positions")
    }
  }

  func drawInitialState(_ random: inout RandomStream, _ simulation: Simulation) {
    for i in simulation.qpos.indices {
      simulation.qpos[i] += random.uniform(-resetNoise, resetNoise)
    }
    for i in simulation.qvel.indices { simulation.qvel[i] += resetNoise * random.gaussian() }
  }

  mutating func willStep(_ simulation: Simulation) {
    position = simulation.position(ofBody: body)[axis]
  }

  func outcome(of control: UnsafeBufferPointer<Double>, _ simulation: Simulation) -> StepOutcome {
    simulation.updatePositions()
    let place = simulation.position(ofBody: body)
    let velocity = (place[axis] - position) / simulation.duration
    let isHealthy = healthyHeights.contains(place.z) && areJointsHealthy(simulation)
    let cost = controlWeight * control.sumOfSquares + contactCost(simulation)
    return StepOutcome(
      reward: forwardWeight * velocity + (isHealthy ? healthyReward : 0) - cost
        + sensors.reward(simulation),
      terminated: terminatesWhenUnhealthy && !isHealthy)
  }

  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>) {
    let positions = simulation.qpos.count - skippedPositions
    for i in 0..<positions { observation[i] = simulation.qpos[skippedPositions + i] }
    sensors.observe(
      simulation, observation[(observationSize - sensors.observed.count)...])
    guard observesVelocities else { return }
    for i in simulation.qvel.indices {
      observation[positions + i] = min(max(simulation.qvel[i], -velocityClip), velocityClip)
    }
  }

  private func areJointsHealthy(_ simulation: Simulation) -> Bool {
    for joint in healthyJoints where !joint.range.contains(simulation.qpos[joint.coordinate]) {
      return false
    }
    return true
  }

  private func contactCost(_ simulation: Simulation) -> Double {
    guard contactWeight != 0 else { return 0 }
    return contactWeight * simulation.sumOfSquaredContactForces(clippedTo: contactForces)
  }

  /// The joints that have a range; every hinge and slide has the option.
  private static func healthyJoints(
    _ options: inout EnvironmentOptions, _ model: PhysicsModel
  ) throws(EnvironmentError) -> [(coordinate: Int, range: ClosedRange<Double>)] {
    let everything = -Double.infinity...Double.infinity
    var joints: [(Int, ClosedRange<Double>)] = []
    for joint in model.scalarJoints {
      let range = try options.range("healthy_joint_ranges.\(joint.name)", everything)
      if range != everything { joints.append((joint.coordinate, range)) }
    }
    return joints
  }
}
