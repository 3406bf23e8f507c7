import ChromaticPolicy
import Randomness
import Testing

@testable import ArchitectureSearch

@Suite struct ReplayBufferTests {
  static func partition(_ number: Int32) -> Partition {
    Partition(classes: [number % 3, number / 3], classCount: 3)
  }

  @Test func `it keeps the best partitions, best first, each once with its best reward`() {
    var buffer = ReplayBuffer(capacity: 3)
    buffer.insert((0..<5).map(Self.partition), rewards: [1, 5, nil, 3, .infinity])
    buffer.insert([Self.partition(3), Self.partition(0), Self.partition(1)], rewards: [4, 0, 2])
    #expect(buffer.entries.map(\.partition) == [1, 3, 0].map(Self.partition))
    #expect(buffer.entries.map(\.reward) == [5, 4, 1])
    buffer.insert([Self.partition(8)], rewards: [6])
    #expect(buffer.entries.map(\.partition) == [8, 1, 3].map(Self.partition))
  }

  @Test func `draws come from the entries, repeat by stream, and are none from an empty buffer`() {
    var buffer = ReplayBuffer(capacity: 4)
    var stream = RandomStream(seed: 1, purpose: .controllerUpdate)
    #expect(buffer.draw(3, from: &stream).isEmpty)
    buffer.insert((0..<4).map(Self.partition), rewards: [1, 2, 3, 4])
    var again = stream
    let draws = buffer.draw(50, from: &stream).map(\.reward)
    #expect(draws == buffer.draw(50, from: &again).map(\.reward))
    #expect(Set(draws) == [1, 2, 3, 4])
  }
}
