import ChromaticPolicy
import Testing

@testable import ArchitectureSearch

@Suite struct EvolutionControllerTests {
  private func controller(edges: Int = 60, classes: Int = 4) -> any PartitionController {
    ControllerKind.evolution.make(edgeCount: edges, classCount: classes, seed: 2)
  }

  private func differences(_ a: Partition, _ b: Partition) -> Int {
    zip(a.classes, b.classes).count { $0 != $1 }
  }

  @Test func `a child differs from a member of the population in one edge`() {
    var controller = controller()
    let parents = controller.sample(count: 30, seed: 1, step: 0)
    _ = controller.update(
      partitions: parents, rewards: parents.indices.map(Double.init), seed: 1, step: 0)
    for child in controller.sample(count: 30, seed: 1, step: 1) {
      #expect(parents.contains { differences($0, child) == 1 })
    }
  }

  /// Tournaments of 10 among 100 are won by the best ten in a share 1 − 0.9¹⁰ = 0.65 of the cases.
  @Test func `the better members have most children`() {
    var controller = controller()
    let parents = controller.sample(count: 100, seed: 1, step: 0)
    _ = controller.update(
      partitions: parents, rewards: parents.indices.map(Double.init), seed: 1, step: 0)
    let children = controller.sample(count: 1000, seed: 1, step: 1)
    let elite = children.count { child in
      parents[90...].contains { differences($0, child) == 1 }
    }
    #expect((600...700).contains(elite), "\(elite) of 1000")
  }

  @Test func `the oldest leave, however good they are`() {
    var controller = controller()
    let first = controller.sample(count: 10, seed: 1, step: 0)
    _ = controller.update(
      partitions: first, rewards: [Double](repeating: 100, count: 10), seed: 1, step: 0)
    let second = controller.sample(count: 10, seed: 1, step: 1)
    _ = controller.update(
      partitions: second, rewards: [Double](repeating: 1, count: 10), seed: 1, step: 1)
    #expect(second.contains(controller.proposal()))
  }

  @Test func `failed partitions have no children`() {
    var controller = controller()
    let parents = controller.sample(count: 4, seed: 1, step: 0)
    _ = controller.update(partitions: parents, rewards: [nil, .nan, 1, nil], seed: 1, step: 0)
    for child in controller.sample(count: 20, seed: 1, step: 1) {
      #expect(differences(parents[2], child) == 1)
    }
  }

  @Test func `it climbs towards a planted partition`() {
    var controller = controller()
    let problem = PlantedPartition(edgeCount: 60, classCount: 4)
    let agreement = problem.search(with: &controller, steps: 60, count: 40)
    #expect(agreement > 28, "mean agreement \(agreement) of 60, chance 15")
  }
}
