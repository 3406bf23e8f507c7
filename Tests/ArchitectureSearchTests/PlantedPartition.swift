import ArchitectureSearch
import ChromaticPolicy
import Randomness

/// A search problem with a known answer: the reward is the number of edges whose class agrees with
/// a hidden colouring.
struct PlantedPartition {
  let hidden: Partition

  init(edgeCount: Int, classCount: Int, seed: UInt64 = 99) {
    var stream = RandomStream(seed: seed, purpose: .episode)
    let classes = (0..<edgeCount).map { _ in Int32(stream.next() % UInt64(classCount)) }
    hidden = Partition(classes: classes, classCount: classCount)
  }

  func agreement(_ partition: Partition) -> Int {
    zip(partition.classes, hidden.classes).count { $0 == $1 }
  }

  /// Runs `steps` search steps and returns the mean agreement of the last step's samples.
  func search(
    with controller: inout any PartitionController, steps: Int, count: Int, seed: UInt64 = 5
  ) -> Double {
    var last = 0.0
    for step in 0..<steps {
      let partitions = controller.sample(count: count, seed: seed, step: step)
      let rewards = partitions.map { Double(agreement($0)) }
      _ = controller.update(
        partitions: partitions, rewards: rewards.map(Optional.some), seed: seed, step: step)
      last = rewards.reduce(0, +) / Double(count)
    }
    return last
  }
}
