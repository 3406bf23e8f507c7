import ChromaticPolicy
import ExactArithmetic
import Randomness

extension ControllerKind {
  /// Independent categorical distribution per edge.
  public static let factorised = ControllerKind(
    "factorised", summary: "a distribution per edge, each on its own",
    parameters: [.learningRate, .initialConcentration],
    create: {
      FactorisedController(
        edgeCount: $0.edgeCount, classCount: $0.classCount, seed: $0.seed, settings: $0.settings)
    },
    read: { reader throws(CheckpointError) in try FactorisedController(reading: &reader) },
    fieldBytes: {
      CheckpointSize.settings($0.settings) + CheckpointSize.counts
        + (1 + $0.edgeCount * $0.classCount) * CheckpointSize.number
    })
}

/// π(θ) = Π_e softmax(θ_e): every edge draws its class on its own, trained by REINFORCE.
///
/// Logits θ are E × M, row-major. One step adds α Σ_i A_i (onehot(Φ_i(e)) − p_e) to row e, with
/// standardised rewards A; the sum is not divided by the number of partitions.
struct FactorisedController: SteppingController {
  let classCount: Int
  private var settings: ControllerSettings
  private var logits: [Double]
  /// softmax of the logits, once it is known.
  private var distributions: ClassDistributions?

  var edgeCount: Int { logits.count / classCount }
  var learningRate: Double? {
    get { settings.learningRate }
    set { settings.learningRate = newValue }
  }

  /// A controller at the uniform distribution, or concentrated on the partition that `seed` names.
  init(edgeCount: Int, classCount: Int, seed: UInt64, settings: ControllerSettings) {
    self.classCount = classCount
    self.settings = settings
    logits = [Double](repeating: 0, count: edgeCount * classCount)
    guard let lead = settings.initialLead(classCount: classCount) else { return }
    let start = Partition.uniform(edgeCount: edgeCount, classCount: classCount, seed: seed)
    for (edge, chosen) in start.classes.enumerated() {
      logits[edge * classCount + Int(chosen)] = lead
    }
  }

  private func knownDistributions() -> ClassDistributions {
    distributions ?? ClassDistributions(logits: logits, classCount: classCount)
  }

  func sample(count: Int, seed: UInt64, step: Int) -> [Partition] {
    let distributions = knownDistributions()
    return (0..<count).map { index in
      var stream = RandomStream(
        seed: seed, purpose: .partition, iteration: UInt32(step), index: UInt32(index))
      let classes = distributions.map { Int32($0.draw(stream.uniform())) }
      return Partition(classes: classes, classCount: classCount)
    }
  }

  mutating func update(
    partitions: [Partition], rewards: [Double?], seed: UInt64, step: Int
  ) -> SearchReport {
    precondition(partitions.count == rewards.count, "one reward, or nil, per partition")
    let before = knownDistributions()
    climb(partitions: partitions, advantages: Advantages(rewards: rewards).values, from: before)
    let after = ClassDistributions(logits: logits, classCount: classCount)
    distributions = after
    return SearchReport(
      entropyPerEdge: after.map(\.entropy).mean,
      classesUsed: partitions.meanUsedClassCount,
      divergencePerEdge: zip(after, before).map { $0.divergence(from: $1) }.mean)
  }

  private mutating func climb(
    partitions: [Partition], advantages: [Double], from before: ClassDistributions
  ) {
    let learningRate = settings.learningRate ?? Self.defaultLearningRate
    let entropyWeight = (settings.entropyWeight ?? 0) * Double(partitions.count)
    let advantageSum = advantages.reduce(0, +)
    for (edge, distribution) in before.enumerated() {
      var score = distribution.probabilities.map { -$0 * advantageSum }
      for (partition, advantage) in zip(partitions, advantages) {
        score[Int(partition.classes[edge])] += advantage
      }
      let entropyGradient = distribution.entropyGradient
      for index in 0..<classCount {
        logits[edge * classCount + index] +=
          learningRate * (score[index] + entropyWeight * entropyGradient[index])
      }
    }
  }

  func proposal() -> Partition {
    Partition(classes: knownDistributions().map { Int32($0.mode) }, classCount: classCount)
  }

  func checkpoint() -> [UInt8] {
    var writer = CheckpointWriter()
    writer.write(ControllerKind.factorised.rawValue)
    settings.write(to: &writer)
    writer.write(edgeCount)
    writer.write(classCount)
    writer.write(logits)
    return writer.sealed()
  }

  init(reading reader: inout CheckpointReader) throws(CheckpointError) {
    settings = try ControllerSettings(reading: &reader)
    let edgeCount = try reader.integer(in: 1...ControllerSettings.largestCount, "edge count")
    classCount = try reader.integer(in: 1...ControllerSettings.largestCount, "class count")
    logits = try reader.doubles(count: edgeCount * classCount, "logits")
  }

  /// The step on the summed score that concentrates the distribution within some 40 steps.
  static let defaultLearningRate = 0.1
}
