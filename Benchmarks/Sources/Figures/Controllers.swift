import ArchitectureSearch
import ChromaticPolicy
import Measuring
import Randomness

/// Search steps of 60 partitions of 943 edges among 17 classes: update, proposal and the next batch.
enum Controllers {
  static func figures() -> [Figure] {
    [
      Figure(
        name: "factorised controller's step", value: step(.factorised) / 1e6, unit: "ms", goal: 5,
        against: "its logits, 943 × 17, and 60 partitions drawn"),
      Figure(
        name: "pointer network's step, all threads", value: step(.pointer) / 1e6, unit: "ms",
        against: "the same in PyTorch on one thread: Benchmarks/pointer-step"),
    ]
  }

  private static func step(_ kind: ControllerKind) -> Double {
    var controller = kind.make(edgeCount: 943, classCount: 17, seed: 1, settings: .init())
    var partitions = controller.draw(count: 60, seed: 7, step: 0)
    var random = RandomStream(seed: 3, purpose: .episode)
    var number = 0
    return nanoseconds(rounds: 5, by: processTime) {
      let rewards = partitions.map { _ in Double?(random.uniform(0, 1000)) }
      _ = controller.update(partitions: partitions, rewards: rewards, seed: 7, step: number)
      sink += controller.proposal().edgeCount
      number += 1
      partitions = controller.draw(count: 60, seed: 7, step: number)
    }
  }
}
