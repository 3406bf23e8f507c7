import ChromaticPolicy
import Testing

@testable import ArchitectureSearch

/// What holds for every kind of controller.
@Suite struct ControllerTests {
  static func controller(
    _ kind: ControllerKind, edges: Int = 12, classes: Int = 3
  ) -> any PartitionController {
    var settings = ControllerSettings()
    settings.hiddenWidth = 8
    settings.attentionWidth = 8
    return kind.make(edgeCount: edges, classCount: classes, seed: 1, settings: settings)
  }

  /// The controller after three steps with arbitrary but fixed rewards, some of them missing.
  static func trained(_ kind: ControllerKind) -> any PartitionController {
    var controller = controller(kind)
    for step in 0..<3 {
      let partitions = controller.sample(count: 10, seed: 4, step: step)
      let rewards = partitions.indices.map { $0 % 4 == 3 ? nil : Double($0 * $0 % 7) }
      _ = controller.update(partitions: partitions, rewards: rewards, seed: 4, step: step)
    }
    return controller
  }

  @Test(arguments: [ControllerKind.pointer, .factorised, .random, .evolution])
  func `a partition of a step depends on its index and not on how many are drawn`(
    kind: ControllerKind
  ) {
    let controller = Self.trained(kind)
    let many = controller.sample(count: 37, seed: 8, step: 5)
    #expect(Array(many[..<3]) == controller.sample(count: 3, seed: 8, step: 5))
    #expect(Set(many.map(\.classes)).count > 25)
    #expect(many != controller.sample(count: 37, seed: 8, step: 6))
    #expect(many != controller.sample(count: 37, seed: 9, step: 5))
  }

  @Test(arguments: ControllerKind.allCases)
  func `a restored controller continues bit for bit`(kind: ControllerKind) throws {
    var original = Self.trained(kind)
    var restored = try ControllerKind.restore(checkpoint: original.checkpoint())
    for step in 3..<6 {
      let partitions = original.sample(count: 10, seed: 4, step: step)
      #expect(partitions == restored.sample(count: 10, seed: 4, step: step))
      let rewards = partitions.indices.map { Double?(Double($0 % 5)) }
      let report = original.update(partitions: partitions, rewards: rewards, seed: 4, step: step)
      #expect(
        report == restored.update(partitions: partitions, rewards: rewards, seed: 4, step: step))
    }
    #expect(original.proposal() == restored.proposal())
    #expect(original.checkpoint() == restored.checkpoint())
  }

  /// Pinned from one machine: debug and release builds, and every other machine, must agree.
  @Test(arguments: [
    (ControllerKind.pointer, 0x4e44_bbfc_2fd0_f1bc as UInt64),
    (.factorised, 0x144b_6f5d_6d22_6191), (.random, 0x43fb_088d_97ba_934a),
  ])
  func `three steps give the same bits on every machine`(kind: ControllerKind, bits: UInt64) {
    let bytes = Self.trained(kind).checkpoint()
    #expect(CheckpointWriter.checksum(bytes.dropLast(8)) == bits)
  }

  @Test(arguments: ControllerKind.allCases)
  func `a step without a single reward changes nothing`(kind: ControllerKind) {
    var controller = Self.trained(kind)
    let before = controller.checkpoint()
    let partitions = controller.sample(count: 5, seed: 4, step: 9)
    let rewards: [Double?] = [nil, nil, .nan, .infinity, nil]
    let report = controller.update(partitions: partitions, rewards: rewards, seed: 4, step: 9)
    #expect(controller.checkpoint() == before)
    #expect(report.divergencePerEdge == 0)
  }

  @Test(arguments: ControllerKind.allCases.filter(\.searches))
  func `the report counts the classes in use`(kind: ControllerKind) {
    var controller = Self.controller(kind)
    let partitions = [[0, 0, 0, 0], [0, 1, 2, 0]].map { pattern in
      Partition(classes: (0..<12).map { Int32(pattern[$0 % 4]) }, classCount: 3)
    }
    let report = controller.update(partitions: partitions, rewards: [1, 2], seed: 4, step: 0)
    #expect(report.classesUsed == 2)
  }

  @Test func `a fixed population is drawn once, and a fixed partition is one`() {
    let population = Self.trained(.population)
    let drawn = population.sample(count: 37, seed: 8, step: 5)
    #expect(Set(drawn).count > 34)
    #expect(drawn == population.sample(count: 37, seed: 8, step: 6))
    #expect(drawn != population.sample(count: 37, seed: 9, step: 5))
    let fixed = Self.trained(.fixed)
    #expect(Set(fixed.sample(count: 5, seed: 8, step: 5)) == [fixed.proposal()])
  }

  @Test func `the random controller proposes the partition with the highest reward`() {
    var controller = Self.controller(.random)
    let partitions = controller.sample(count: 4, seed: 3, step: 0)
    _ = controller.update(partitions: partitions, rewards: [1, nil, 7, 3], seed: 3, step: 0)
    #expect(controller.proposal() == partitions[2])
    _ = controller.update(
      partitions: partitions, rewards: [6, 6, nil, .infinity], seed: 3, step: 1)
    #expect(controller.proposal() == partitions[2])
  }

  /// 40 × 200 draws: three standard errors of the share are below 0.016.
  @Test(arguments: [ControllerKind.pointer, .factorised], [3, 17])
  func `a concentrated start keeps the class of a random partition with its probability`(
    kind: ControllerKind, classes: Int
  ) {
    var settings = ControllerSettings()
    settings.initialConcentration = 0.7
    let controller = kind.make(
      edgeCount: 200, classCount: classes, seed: 5, settings: settings)
    let start = Partition.uniform(edgeCount: 200, classCount: classes, seed: 5)
    #expect(controller.proposal() == start)
    let drawn = controller.sample(count: 40, seed: 2, step: 0)
    let kept = drawn.map { zip($0.classes, start.classes).count { $0 == $1 } }
    let share = Double(kept.reduce(0, +)) / (40 * 200)
    #expect(abs(share - 0.7) < (kind == .pointer ? 0.03 : 0.016), "share \(share)")
    #expect(
      kind.make(edgeCount: 200, classCount: classes, seed: 6, settings: settings).proposal()
        != start)
  }

  @Test func `a concentration below the uniform share starts uniform`() {
    var settings = ControllerSettings()
    settings.initialConcentration = 0.05
    let narrow = ControllerKind.factorised.make(
      edgeCount: 9, classCount: 17, seed: 1, settings: settings)
    let uniform = ControllerKind.factorised.make(edgeCount: 9, classCount: 17, seed: 1)
    #expect(narrow.sample(count: 9, seed: 1, step: 0) == uniform.sample(count: 9, seed: 1, step: 0))
  }

  @Test func `every setting out of range is refused by name`() {
    var settings = ControllerSettings()
    settings.baselineDecay = 1
    #expect(settings.problem?.contains("baselineDecay") == true)
    settings = ControllerSettings()
    settings.hiddenWidth = 12
    #expect(settings.problem?.contains("hiddenWidth") == true)
    #expect(ControllerSettings().problem == nil)
  }
}
