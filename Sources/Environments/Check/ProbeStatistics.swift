/// Ranges of what random actions lead to.
struct ProbeStatistics: Sendable {
  private(set) var least: [Double]
  private(set) var most: [Double]
  private(set) var leastReward = Double.infinity
  private(set) var mostReward = -Double.infinity
  private(set) var rewardSum = 0.0
  private(set) var steps = 0

  /// Of nothing yet.
  init(size: Int) {
    least = [Double](repeating: .infinity, count: size)
    most = [Double](repeating: -.infinity, count: size)
  }

  /// Takes an observation and, but for an episode's first, the reward that came with it.
  mutating func add(_ observation: UnsafeMutableBufferPointer<Double>, reward: Double?) {
    for i in least.indices {
      least[i] = min(least[i], observation[i])
      most[i] = max(most[i], observation[i])
    }
    guard let reward else { return }
    leastReward = min(leastReward, reward)
    mostReward = max(mostReward, reward)
    rewardSum += reward
    steps += 1
  }

  /// Components that never changed.
  var constant: [Int] { least.indices.filter { least[$0] == most[$0] } }

  /// The largest magnitude of a component, and which it is.
  var widest: (component: Int, magnitude: Double)? {
    least.indices.map { ($0, max(abs(least[$0]), abs(most[$0]))) }.max { $0.1 < $1.1 }
  }
}
