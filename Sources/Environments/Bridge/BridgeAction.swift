/// The actions of a Gymnasium environment, and how a policy's outputs in [−1, 1] become one.
enum BridgeAction: Sendable, Hashable {
  /// A vector: each output is scaled to its component's bounds.
  case box(low: [Double], high: [Double])
  /// One of `count` choices: of two by the sign of one output, else the one with the largest output.
  case discrete(count: Int)

  /// Number of the policy's outputs.
  var size: Int {
    switch self {
    case .box(let low, _): low.count
    case .discrete(2): 1
    case .discrete(let count): count
    }
  }

  /// What the environment is sent for an action of the policy, `size` finite numbers.
  func encode(_ action: UnsafeBufferPointer<Double>) -> [Double] {
    switch self {
    case .box(let low, let high):
      action.indices.map { i in
        min(max(ActionScaling.scale(action[i], low: low[i], high: high[i]), low[i]), high[i])
      }
    case .discrete(2): [action[0] > 0 ? 1 : 0]
    case .discrete: [Double(Self.indexOfLargest(action))]
    }
  }

  /// The first of the largest.
  private static func indexOfLargest(_ values: UnsafeBufferPointer<Double>) -> Int {
    values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
  }

  /// Throws unless a policy can act so.
  func check() throws(BridgeProblem) {
    guard (1...BridgeHandshake.largestSize).contains(size) else {
      throw BridgeProblem(
        .unsupportedEnvironment,
        "it has \(size) action components or choices, expected 1 to \(BridgeHandshake.largestSize)")
    }
    guard case .box(let low, let high) = self else { return }
    for i in low.indices where !(low[i] <= high[i] && (high[i] - low[i]).isFinite) {
      throw BridgeProblem(
        .unsupportedEnvironment,
        "its action component \(i) ranges from \(low[i]) to \(high[i]), which [-1, 1] cannot be "
          + "scaled to: give the action space finite bounds, in a gymnasium.ActionWrapper named by --wrapper"
      )
    }
  }
}
