import Testing

@testable import ArchitectureSearch

/// A controller that learns finds a hidden colouring of 60 edges into 4 classes.
///
/// Uniform partitions agree on 15 ± 3.4 edges, so a mean over 40 of them stays below 18.
@Suite struct PlantedPartitionTests {
  static let problem = PlantedPartition(edgeCount: 60, classCount: 4)

  static let learners: [ControllerKind] = [.pointer, .factorised]

  static func settings(learningRate: Double? = nil) -> ControllerSettings {
    var settings = ControllerSettings()
    settings.hiddenWidth = 8
    settings.attentionWidth = 8
    settings.learningRate = learningRate
    if learningRate == 0 { settings.sharedLearningRate = 0 }
    return settings
  }

  @Test(arguments: learners)
  func `a learning controller finds the planted partition`(kind: ControllerKind) {
    var controller = kind.make(
      edgeCount: 60, classCount: 4, seed: 2, settings: Self.settings())
    let agreement = Self.problem.search(with: &controller, steps: 25, count: 40)
    #expect(agreement > 35, "mean agreement \(agreement) of 60")
    #expect(Self.problem.agreement(controller.proposal()) > 40)
  }

  @Test(arguments: learners)
  func `with learning rate zero the agreement stays at chance`(kind: ControllerKind) {
    var controller = kind.make(
      edgeCount: 60, classCount: 4, seed: 2, settings: Self.settings(learningRate: 0))
    #expect(Self.problem.search(with: &controller, steps: 10, count: 40) < 18)
  }

  @Test func `the random controller stays at chance`() {
    var controller = ControllerKind.random.make(edgeCount: 60, classCount: 4, seed: 2)
    #expect(Self.problem.search(with: &controller, steps: 40, count: 40) < 18)
  }
}
