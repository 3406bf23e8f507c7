import ChromaticPolicy

/// What a Python process says of its environment as soon as it is made.
struct BridgeHandshake: Sendable, Hashable {
  /// The largest number of components of an observation or action that is accepted.
  static let largestSize = 1_000_000

  /// Number of observation components, flattened row by row.
  let observationSize: Int
  /// What actions are.
  let action: BridgeAction
  /// How a policy's outputs become what the environment itself is given.
  let rule: ActionRule
  /// Steps after which the environment truncates an episode.
  let horizon: Int
  /// The versions of Gymnasium, NumPy and Python, for people.
  let versions: String

  /// Reads a frame of kind `ready`: observation size; 0 for a box, 1 for choices, 2 for a box of whole
  /// numbers; how many; the horizon or 0; the bounds of a box, all lower ones first, or the number of the
  /// first choice; then the versions.
  init(_ frame: BridgeFrame) throws(BridgeProblem) {
    let counts = (0..<min(4, frame.numberCount)).compactMap { Int(exactly: frame.number($0)) }
    guard frame.kind == .ready, counts.count == 4 else {
      throw BridgeProblem("its Python process began with a frame that is no handshake")
    }
    let (size, isDiscrete) = (counts[2], counts[1] == 1)
    guard size >= 0, (isDiscrete ? 1 : 2 * min(size, Self.largestSize)) <= frame.numberCount - 4
    else { throw BridgeProblem("its Python process began with a handshake that is not whole") }
    if isDiscrete {
      guard let first = Int32(exactly: frame.number(4)) else {
        throw BridgeProblem(
          .unsupportedEnvironment, "its choices begin with \(frame.number(4)), expected 32 bits")
      }
      action = .discrete(count: size)
      rule = size == 2 ? .sign(first: Int(first)) : .argmax(choices: size, first: Int(first))
    } else {
      let bounds = (0..<min(size, Self.largestSize) * 2).map { frame.number(4 + $0) }
      let (low, high) = (Array(bounds.prefix(size)), Array(bounds.dropFirst(size)))
      action = .box(low: low, high: high)
      rule = .scale(low: low, high: high, rounds: counts[1] == 2)
    }
    observationSize = counts[0]
    horizon = counts[3]
    versions = frame.text(after: 4 + (isDiscrete ? 1 : 2 * size))
    try check()
  }

  private func check() throws(BridgeProblem) {
    guard (1...Self.largestSize).contains(observationSize) else {
      throw BridgeProblem(
        .unsupportedEnvironment,
        "it has \(observationSize) observation components, expected 1 to \(Self.largestSize)")
    }
    try action.check()
    guard horizon > 0 else {
      throw BridgeProblem(
        .unsupportedEnvironment,
        "it is registered without max_episode_steps, so an episode may never end: "
          + "give --horizon STEPS")
    }
  }
}
