import ChromaticPolicy
import Synchronization
import Testing

@testable import ArchitectureSearch

@Suite struct PointerNetworkControllerTests {
  static func settings() -> ControllerSettings {
    var settings = ControllerSettings()
    settings.hiddenWidth = 8
    return settings
  }

  static func step(_ settings: ControllerSettings) -> SearchReport {
    var controller = ControllerKind.pointer.make(
      edgeCount: 12, classCount: 3, seed: 1, settings: settings)
    let partitions = controller.sample(count: 10, seed: 4, step: 0)
    let rewards = partitions.indices.map { Double?(Double($0 * $0 % 7)) }
    return controller.update(partitions: partitions, rewards: rewards, seed: 4, step: 0)
  }

  @Test func `a step too long for the divergence limit is shortened, not given up`() {
    var settings = Self.settings()
    settings.learningRate = 50
    settings.divergenceLimit = 1e3
    #expect(Self.step(settings).divergencePerEdge > 0.2)
    settings.divergenceLimit = 0.01
    let divergence = Self.step(settings).divergencePerEdge
    #expect(divergence > 0.001 && divergence <= 0.01, "divergence \(divergence)")
  }

  @Test func `the entropy weight keeps the distribution wider`() {
    var settings = Self.settings()
    let without = Self.step(settings).entropyPerEdge
    settings.entropyWeight = 1
    #expect(Self.step(settings).entropyPerEdge > without)
  }

  /// Three steps of a controller that draws and of one that samples: same partitions, reports, bytes. A
  /// batch of 300 takes more than the budget.
  @Test(arguments: [(0.0, 40), (1.0, 40), (0.0, 300)])
  func `what drawing has kept changes no bit of a step`(replayWeight: Double, count: Int) {
    var settings = Self.settings()
    settings.replayWeight = replayWeight
    settings.memoryBudget = 1 << 20
    var drawing = ControllerKind.pointer.make(
      edgeCount: 12, classCount: 3, seed: 1, settings: settings)
    var sampling = drawing
    for step in 0..<3 {
      let partitions = drawing.draw(count: count, seed: 4, step: step)
      #expect(partitions == sampling.sample(count: count, seed: 4, step: step))
      let rewards = partitions.indices.map { Double?(Double(($0 + step) * $0 % 7)) }
      // Once from the parameters that drew, once from those that the step has reached.
      for _ in 0..<2 {
        let report = drawing.update(partitions: partitions, rewards: rewards, seed: 4, step: step)
        let other = sampling.update(partitions: partitions, rewards: rewards, seed: 4, step: step)
        #expect(report == other)
        let isSame = drawing.checkpoint() == sampling.checkpoint()
        #expect(isSame)
      }
    }
  }

  @Test func `a step from other partitions than the drawn ones is theirs`() {
    var drawing = ControllerKind.pointer.make(
      edgeCount: 12, classCount: 3, seed: 1, settings: Self.settings())
    var sampling = drawing
    let others = sampling.sample(count: 10, seed: 4, step: 5)
    #expect(drawing.draw(count: 10, seed: 4, step: 0) != others)
    let rewards = others.indices.map { Double?(Double($0 * $0 % 7)) }
    _ = drawing.update(partitions: others, rewards: rewards, seed: 4, step: 0)
    _ = sampling.update(partitions: others, rewards: rewards, seed: 4, step: 0)
    let isSame = drawing.checkpoint() == sampling.checkpoint()
    #expect(isSame)
  }

  @Test func `it starts near the uniform distribution for any number of classes`() {
    for classCount in [1, 2, 8, 17, 50] {
      let shape = Self.settings().pointerShape(edgeCount: 9, classCount: classCount)
      let network = PointerNetwork<Float>(
        weights: .initial(shape: shape, seed: 3), temperature: PointerDefaults.temperature,
        bound: PointerDefaults.logitBound, groupWidth: 4)
      let probe = DecisionProbe(network, network.sample(count: 4, seed: 1, step: 0))
      let uniform = ClassDistribution(logits: [Double](repeating: 0, count: classCount)).entropy
      #expect(probe.entropyPerEdge > 0.8 * uniform - 1e-6, "M = \(classCount)")
      #expect(probe.entropyPerEdge < uniform + 1e-5, "M = \(classCount)")
    }
  }

  @Test func `the group of partitions in memory at once fits the budget`() {
    let shape = ControllerSettings().pointerShape(edgeCount: 6560, classCount: 17)
    let bytes = DecoderTape<Float>.bytesPerPartition(shape)
    let width = PointerNetwork<Float>.groupWidth(
      shape: shape, memoryBudget: PointerDefaults.memoryBudget)
    #expect(width >= 16)
    #expect(width * bytes <= PointerDefaults.memoryBudget)
    #expect(PointerNetwork<Float>.groupWidth(shape: shape, memoryBudget: 5 * bytes) == 5)
    #expect(PointerNetwork<Float>.groupWidth(shape: shape, memoryBudget: 1) == 1)
    // Two groups that fill the budget; of smaller ones as many as take no more, whatever the machine has.
    #expect(PointerNetwork<Float>.groupsAtOnce(shape: shape, memoryBudget: 5 * bytes) == 2)
    #expect(PointerNetwork<Float>.groupsAtOnce(shape: shape, memoryBudget: 320 * bytes) == 20)
    #expect(PointerNetwork<Float>.groupsAtOnce(shape: shape, memoryBudget: 1) == 2)
  }

  @Test func `values come in the order of their inputs, however many threads there are`() {
    for width in [1, 2, 7, 100] {
      let running = Mutex((now: 0, most: 0))
      let values = sideBySide(Array(0..<50), width: width) { number in
        running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        defer { running.withLock { $0.now -= 1 } }
        return number * number
      }
      #expect(values == (0..<50).map { $0 * $0 })
      #expect(running.withLock { $0.most } <= width)
    }
  }
}
