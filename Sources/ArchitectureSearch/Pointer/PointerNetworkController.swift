import ChromaticPolicy
import ExactArithmetic
import Randomness

extension ControllerKind {
  /// Pointer network: LSTM encoder and autoregressive LSTM decoder with attention over classes.
  public static let pointer = ControllerKind(
    "pointer", summary: "a pointer network, one edge after the other",
    parameters: [.learningRate, .initialConcentration, .replayWeight],
    create: {
      PointerNetworkController(
        edgeCount: $0.edgeCount, classCount: $0.classCount, seed: $0.seed, settings: $0.settings)
    },
    read: { reader throws(CheckpointError) in try PointerNetworkController(reading: &reader) },
    fieldBytes: PointerNetworkController.fieldBytes)
}

/// π(θ) = Π_e π(Φ(e) | Φ(0), …, Φ(e − 1)) by a pointer network, trained by REINFORCE.
///
/// The edge embeddings V_edge climb the summed score by plain gradient steps, so that what one edge
/// learns stays with it; the parameters all edges share follow Adam with a small step. The whole
/// step is shortened until the mean KL per edge is within its limit.
struct PointerNetworkController: SteppingController {
  private let shape: PointerShape
  private var settings: ControllerSettings
  private var parameters: [SIMD8<Float>]
  private var optimiser: AdamOptimiser
  private var baseline: Double?
  private var replay: ReplayBuffer
  /// The groups of the last `draw`, from the present parameters; empty where they would take too much.
  private var drawn: [RecordedGroup<Float>] = []

  /// A controller with initial parameters named by `seed`.
  var edgeCount: Int { shape.edgeCount }
  var classCount: Int { shape.classCount }
  var learningRate: Double? {
    get { settings.learningRate }
    set { settings.learningRate = newValue }
  }

  init(edgeCount: Int, classCount: Int, seed: UInt64, settings: ControllerSettings) {
    self.settings = settings
    shape = settings.pointerShape(edgeCount: edgeCount, classCount: classCount)
    let weights = PointerWeights<Float>.initial(shape: shape, seed: seed)
    let temperature = settings.temperature ?? PointerDefaults.temperature
    let bound = settings.logitBound ?? PointerDefaults.logitBound
    if let lead = settings.initialLead(classCount: classCount) {
      weights.concentrate(
        on: .uniform(edgeCount: edgeCount, classCount: classCount, seed: seed),
        embedding: PointerWeights<Float>.embedding(
          leadingBy: lead, classCount: classCount, temperature: temperature, bound: bound))
    }
    parameters = weights.vector
    optimiser = AdamOptimiser(count: shape.parameterCount - shape.count(.edgeEmbedding))
    replay = ReplayBuffer(capacity: settings.replayCapacity ?? PointerDefaults.replayCapacity)
  }

  private var memoryBudget: Int { settings.memoryBudget ?? PointerDefaults.memoryBudget }

  private func network(
    _ parameters: [SIMD8<Float>], recorded: [RecordedGroup<Float>] = []
  ) -> PointerNetwork<Float> {
    return PointerNetwork(
      weights: PointerWeights(shape: shape, vector: parameters),
      temperature: settings.temperature ?? PointerDefaults.temperature,
      bound: settings.logitBound ?? PointerDefaults.logitBound,
      groupWidth: PointerNetwork<Float>.groupWidth(shape: shape, memoryBudget: memoryBudget),
      groupsAtOnce: PointerNetwork<Float>.groupsAtOnce(shape: shape, memoryBudget: memoryBudget),
      recorded: recorded)
  }

  func sample(count: Int, seed: UInt64, step: Int) -> [Partition] {
    network(parameters).sample(count: count, seed: seed, step: step)
  }

  mutating func draw(count: Int, seed: UInt64, step: Int) -> [Partition] {
    let keeps = count * DecoderTape<Float>.bytesPerPartition(shape) <= memoryBudget
    let groups = network(parameters).draw(count: count, seed: seed, step: step, recording: keeps)
    drawn = keeps ? groups : []
    return groups.flatMap(\.partitions)
  }

  func proposal() -> Partition { network(parameters).decoder.greedyPartition() }

  mutating func update(
    partitions: [Partition], rewards: [Double?], seed: UInt64, step: Int
  ) -> SearchReport {
    precondition(partitions.count == rewards.count, "one reward, or nil, per partition")
    let classesUsed = partitions.meanUsedClassCount
    let before = network(parameters, recorded: drawn)
    drawn = []
    let probe = DecisionProbe(before, partitions)
    let standardised = Advantages(rewards: rewards)
    guard let meanReward = standardised.mean else {
      return SearchReport(
        entropyPerEdge: probe.entropyPerEdge, classesUsed: classesUsed, divergencePerEdge: 0)
    }
    let decay = settings.baselineDecay ?? PointerDefaults.baselineDecay
    let baseline = self.baseline.map { decay * $0 + (1 - decay) * meanReward } ?? meanReward
    self.baseline = baseline
    let batch = batch(
      partitions, rewards, baseline: baseline, deviation: standardised.deviation, seed, step)
    replay.insert(partitions, rewards: rewards)
    let moved = climb(direction(batch, count: partitions.count, before), within: probe)
    return SearchReport(
      entropyPerEdge: moved.entropyPerEdge, classesUsed: classesUsed,
      divergencePerEdge: moved.divergence(from: probe))
  }

  private typealias Batch = (partitions: [Partition], advantages: [Double])

  /// The sampled partitions and some replayed ones, with advantages (R − baseline) / std.
  ///
  /// A replayed partition only ever attracts: its advantage is cut to 0…3.
  private func batch(
    _ partitions: [Partition], _ rewards: [Double?], baseline: Double, deviation: Double,
    _ seed: UInt64, _ step: Int
  ) -> Batch {
    func advantage(_ reward: Double?) -> Double {
      guard let reward, reward.isFinite, deviation > 0 else { return 0 }
      return (reward - baseline) / deviation
    }
    var batch = (partitions, rewards.map(advantage))
    let weight = settings.replayWeight ?? PointerDefaults.replayWeight
    guard weight > 0 else { return batch }
    var stream = RandomStream(seed: seed, purpose: .controllerUpdate, iteration: UInt32(step))
    for entry in replay.draw(PointerDefaults.replayDraws, from: &stream) {
      batch.0.append(entry.partition)
      batch.1.append(weight * min(3, max(0, advantage(entry.reward))))
    }
    return batch
  }

  /// The full step: α/R² × summed score for V_edge, α × Adam's direction for the rest.
  private mutating func direction(
    _ batch: Batch, count: Int, _ network: PointerNetwork<Float>
  ) -> [SIMD8<Float>] {
    let gradient = network.gradient(
      of: batch.partitions, advantages: batch.advantages,
      entropyWeight: settings.entropyWeight ?? PointerDefaults.entropyWeight
    ).vector
    let edges = shape.count(.edgeEmbedding)
    let range = PointerWeights<Float>.scoreRange
    let logitRate = settings.learningRate ?? PointerDefaults.learningRate
    let edgeRate = Float(logitRate / (range * range))
    let sharedRate = Float(settings.sharedLearningRate ?? PointerDefaults.sharedLearningRate)
    let perDecision = 1 / Float(count * shape.edgeCount)
    let shared = optimiser.direction(gradient[edges...].map { $0 * perDecision }[...])
    return gradient[..<edges].map { $0 * edgeRate } + shared.map { $0 * sharedRate }
  }

  /// Adds `step`, shortened until KL(new ‖ old) per edge is within the limit.
  private mutating func climb(_ step: [SIMD8<Float>], within before: DecisionProbe)
    -> DecisionProbe
  {
    let limit = settings.divergenceLimit ?? PointerDefaults.divergenceLimit
    var scale: Float = 1
    var candidate = parameters
    var after = before
    for _ in 0..<PointerDefaults.shorteningTries {
      candidate = zip(parameters, step).map { $0 + $1 * scale }
      after = DecisionProbe(network(candidate), before.partitions)
      let divergence = after.divergence(from: before)
      if divergence <= limit {
        parameters = candidate
        return after
      }
      scale *= Float(max(0.1, 0.9 * (limit / divergence).squareRoot()))
    }
    return before
  }
}

extension PointerNetworkController {
  /// Parameters, the moments of all but V_edge, and a full replay buffer.
  static func fieldBytes(_ extent: ControllerKind.Extent) -> Int {
    let settings = extent.settings
    let shape = settings.pointerShape(edgeCount: extent.edgeCount, classCount: extent.classCount)
    let shared = shape.parameterCount - shape.count(.edgeEmbedding)
    let capacity = settings.replayCapacity ?? PointerDefaults.replayCapacity
    let entry = CheckpointSize.number + CheckpointSize.partition(edgeCount: extent.edgeCount)
    return CheckpointSize.settings(settings) + CheckpointSize.counts
      + 3 * CheckpointSize.number + (shape.parameterCount + 2 * shared) * 8 * 4
      + 2 * CheckpointSize.number + CheckpointSize.optionalNumber + capacity * entry
  }

  func checkpoint() -> [UInt8] {
    var writer = CheckpointWriter()
    writer.write(ControllerKind.pointer.rawValue)
    settings.write(to: &writer)
    writer.write(shape.edgeCount)
    writer.write(shape.classCount)
    for vector in [parameters, optimiser.firstMoment, optimiser.secondMoment] {
      writer.write(vector.flatMap { vector in (0..<8).map { vector[$0] } })
    }
    writer.write(optimiser.stepCount)
    writer.write(baseline)
    writer.write(replay.entries.count)
    for entry in replay.entries {
      writer.write(entry.reward)
      writer.write(entry.partition)
    }
    return writer.sealed()
  }

  init(reading reader: inout CheckpointReader) throws(CheckpointError) {
    settings = try ControllerSettings(reading: &reader)
    let edgeCount = try reader.integer(in: 1...ControllerSettings.largestCount, "edge count")
    let classCount = try reader.integer(in: 1...ControllerSettings.largestCount, "class count")
    shape = settings.pointerShape(edgeCount: edgeCount, classCount: classCount)
    let shared = shape.parameterCount - shape.count(.edgeEmbedding)
    parameters = try reader.lanes(count: shape.parameterCount, "parameters")
    let first = try reader.lanes(count: shared, "first moments")
    let second = try reader.lanes(count: shared, "second moments")
    let steps = try reader.integer(in: 0...1 << 40, "optimiser steps")
    optimiser = AdamOptimiser(firstMoment: first, secondMoment: second, stepCount: steps)
    baseline = try reader.optionalDouble("baseline")
    let capacity = settings.replayCapacity ?? PointerDefaults.replayCapacity
    var entries: [ReplayBuffer.Entry] = []
    for _ in 0..<(try reader.integer(in: 0...capacity, "replay entries")) {
      let reward = try reader.double("replayed reward")
      let partition = try reader.partition(edgeCount: edgeCount, classCount: classCount)
      entries.append(ReplayBuffer.Entry(partition: partition, reward: reward))
    }
    replay = ReplayBuffer(capacity: capacity, entries: entries)
  }
}
