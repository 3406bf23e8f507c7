import ChromaticPolicy
import Randomness

/// The partitions with the highest rewards so far, best first, each once.
struct ReplayBuffer: Sendable {
  struct Entry: Sendable {
    let partition: Partition
    let reward: Double
  }

  let capacity: Int
  private(set) var entries: [Entry]

  /// A buffer of at most `capacity` entries, which must come best first.
  init(capacity: Int, entries: [Entry] = []) {
    self.capacity = capacity
    self.entries = entries
  }

  /// Offers partitions with their rewards; nil and non-finite rewards are passed over.
  mutating func insert(_ partitions: [Partition], rewards: [Double?]) {
    for (partition, reward) in zip(partitions, rewards) {
      guard let reward, reward.isFinite else { continue }
      insert(Entry(partition: partition, reward: reward))
    }
  }

  private mutating func insert(_ entry: Entry) {
    if entries.count == capacity, reward(at: capacity - 1) >= entry.reward { return }
    if let known = entries.firstIndex(where: { $0.partition == entry.partition }) {
      if entries[known].reward >= entry.reward { return }
      entries.remove(at: known)
    }
    let place = entries.firstIndex { $0.reward < entry.reward } ?? entries.count
    entries.insert(entry, at: place)
    if entries.count > capacity { entries.removeLast() }
  }

  private func reward(at index: Int) -> Double { index < 0 ? .infinity : entries[index].reward }

  /// `count` entries drawn with replacement.
  func draw(_ count: Int, from stream: inout RandomStream) -> [Entry] {
    guard !entries.isEmpty else { return [] }
    return (0..<count).map { _ in
      entries[Int(stream.next().multipliedFullWidth(by: UInt64(entries.count)).high)]
    }
  }
}
