import Foundation

/// The Minitaur as MJCF, written from its dimensions.
///
/// Each leg is a five-bar linkage: two upper links on coaxial motors, two lower links joined at the
/// foot by an equality constraint. Feet, motors and chassis touch the ground; nothing else collides.
enum MinitaurModel {
  /// Seconds per physics step.
  static let timestep = 0.002
  /// Height of the chassis at the start, its feet just above the ground.
  static let startHeight =
    MinitaurBody.legLength(atMotorAngle: startAngle) * cos(MinitaurBody.sideTilt)
    + MinitaurBody.footRadius
  /// Motor angle at the start: the middle of the trajectory generators' heights.
  static let startAngle = MinitaurBody.neutralAngle + 0.25

  /// The compiled model.
  static func shared() throws(EnvironmentError) -> PhysicsModel {
    try PhysicsModel.shared(named: "the Minitaur's model") { () throws(EnvironmentError) in
      try PhysicsModel(mjcf: mjcf, name: "the Minitaur's model")
    }
  }

  /// The model's text.
  static var mjcf: String {
    """
    <mujoco model="minitaur">
      <compiler angle="radian"/>
      <option timestep="\(timestep)" integrator="implicitfast"/>
      <size nuserdata="2"/>
      <default>
        <geom contype="0" conaffinity="0"/>
        <equality solref="0.004 1"/>
        <default class="touching">
          <geom contype="1" conaffinity="0" friction="1 0.005 0.0001"/>
        </default>
      </default>
      <worldbody>
        <geom name="ground" type="plane" size="0 0 1" conaffinity="1" friction="1 0.005 0.0001"/>
        <body name="base" pos="0 0 \(startHeight)">
          <freejoint/>
          \(chassis)
          \(side("left", 1))
          \(side("right", -1))
        </body>
      </worldbody>
      <equality>\(MinitaurBody.legs.map(footJoint).joined())</equality>
      <actuator>\(MinitaurBody.legs.flatMap { [motor($0, .forward), motor($0, .backward)] }.joined())</actuator>
    </mujoco>
    """
  }

  /// The chassis and its flanks share the mass by volume.
  private static var chassis: String {
    let (middle, flank) = (volume(MinitaurBody.chassisSize), volume(MinitaurBody.flankSize))
    let density = MinitaurBody.chassisMass / (middle + 2 * flank)
    let flanks = [MinitaurBody.sideOffset, -MinitaurBody.sideOffset].map {
      box(MinitaurBody.flankSize, y: $0, mass: flank * density, touches: true)
    }
    return box(MinitaurBody.chassisSize, y: 0, mass: middle * density, touches: true)
      + flanks.joined()
  }

  /// One side's rails and two legs; `sign` is 1 on the left, −1 on the right.
  private static func side(_ name: String, _ sign: Double) -> String {
    let rails = [MinitaurBody.railOffset, -MinitaurBody.railOffset].map {
      box(MinitaurBody.railSize, y: $0, mass: MinitaurBody.sideMass / 2, touches: false)
    }
    let legs = [("front", MinitaurBody.hipOffset), ("back", -MinitaurBody.hipOffset)].map { end in
      LinkDirection.allCases.map { link("\(end.0)_\(name)", $0, hip: end.1, sign) }.joined()
    }
    return """
      <body name="\(name)" pos="0 \(sign * MinitaurBody.sideOffset) 0" \
      euler="\(sign * MinitaurBody.sideTilt) 0 0">\(rails.joined())\(legs.joined())</body>
      """
  }

  /// Which way an upper link turns from straight up; the forward one is the inner and has the foot.
  private enum LinkDirection: Double, CaseIterable {
    case forward = 1
    case backward = -1

    var name: String { self == .forward ? "forward" : "backward" }
  }

  /// A motor, its upper link and the lower link on it.
  private static func link(
    _ leg: String, _ direction: LinkDirection, hip: Double, _ sign: Double
  ) -> String {
    let isInner = direction == .forward
    let motorY =
      isInner ? -sign * MinitaurBody.innerMotorOffset : sign * MinitaurBody.outerMotorOffset
    let y = isInner ? -sign * MinitaurBody.innerLinkOffset : 0
    let (across, up) = (direction.rawValue * sin(startAngle), cos(startAngle))
    let (start, length) = (MinitaurBody.upperLinkStart, MinitaurBody.upperLength)
    let drop = MinitaurBody.legLength(atMotorAngle: startAngle) + length * up
    let foot = "\(-length * across) \(-sign * MinitaurBody.footOffset - y) \(-drop)"
    let name = "\(leg)_\(direction.name)"
    return """
      <body name="\(name)" pos="\(hip) 0 0">
        <joint name="\(name)" axis="0 \(direction.rawValue) 0" ref="\(startAngle)" \
      armature="\(MinitaurBody.rotorInertia)"/>
        <geom class="touching" type="cylinder" pos="0 \(motorY) 0" euler="\(Double.pi / 2) 0 0" \
      size="\(MinitaurBody.motorRadius) \(MinitaurBody.motorLength / 2)" mass="\(MinitaurBody.motorMass)"/>
        \(bar("\(start * across) \(y) \(start * up)", "\(length * across) \(y) \(length * up)"))
        <body name="\(name)_lower" pos="\(length * across) \(y) \(length * up)">
          <joint name="\(name)_knee" axis="0 1 0"/>
          \(bar("0 0 0", "\(-length * across) 0 \(-drop)"))
          \(isInner ? footGeom(leg, foot) : "")
          <site name="\(name)" pos="\(foot)"/>
        </body>
      </body>
      """
  }

  private static func bar(_ from: String, _ to: String) -> String {
    """
    <geom type="box" fromto="\(from) \(to)" size="\(MinitaurBody.linkWidth / 2)" \
    mass="\(MinitaurBody.linkMass)"/>
    """
  }

  private static func footGeom(_ leg: String, _ place: String) -> String {
    """
    <geom name="\(leg)_foot" class="touching" pos="\(place)" size="\(MinitaurBody.footRadius)" \
    mass="0"/>
    """
  }

  private static func box(
    _ size: SIMD3<Double>, y: Double, mass: Double, touches: Bool
  ) -> String {
    """
    <geom type="box" pos="0 \(y) 0" size="\(size.x / 2) \(size.y / 2) \(size.z / 2)" \
    mass="\(mass)"\(touches ? " class=\"touching\"" : "")/>
    """
  }

  private static func footJoint(_ leg: String) -> String {
    "<connect site1=\"\(leg)_forward\" site2=\"\(leg)_backward\"/>"
  }

  private static func motor(_ leg: String, _ direction: LinkDirection) -> String {
    let limit = MinitaurBody.torqueLimit
    let angles = MinitaurBody.motorAngles
    return """
      <position joint="\(leg)_\(direction.name)" kp="\(MinitaurBody.motorGains.position)" \
      kv="\(MinitaurBody.motorGains.velocity)" forcerange="\(-limit) \(limit)" \
      ctrlrange="\(angles.lowerBound) \(angles.upperBound)"/>
      """
  }

  private static func volume(_ size: SIMD3<Double>) -> Double { size.x * size.y * size.z }
}
