/// What a Python process says of its environment as soon as it is made.
struct BridgeHandshake: Sendable, Hashable {
  /// The largest number of components of an observation or action that is accepted.
  static let largestSize = 1_000_000

  /// Number of observation components, flattened row by row.
  let observationSize: Int
  /// What actions are.
  let action: BridgeAction
  /// Steps after which the environment truncates an episode.
  let horizon: Int
  /// The versions of Gymnasium, NumPy and Python, for people.
  let versions: String

  /// Reads a frame of kind `ready`: observation size, 1 if actions are discrete, their number, the
  /// horizon or 0; for a box its lower bounds, its upper bounds; then the versions.
  init(_ frame: BridgeFrame) throws(BridgeProblem) {
    let counts = (0..<min(4, frame.numberCount)).compactMap { Int(exactly: frame.number($0)) }
    guard frame.kind == .ready, counts.count == 4 else {
      throw BridgeProblem("its Python process began with a frame that is no handshake")
    }
    let (bounds, isDiscrete) = (counts[1] == 1 ? 0 : counts[2], counts[1] == 1)
    guard bounds >= 0, bounds <= (frame.numberCount - 4) / 2 else {
      throw BridgeProblem("its Python process began with a handshake that is not whole")
    }
    observationSize = counts[0]
    action =
      isDiscrete
      ? .discrete(count: counts[2])
      : .box(
        low: (4..<4 + bounds).map(frame.number),
        high: (4 + bounds..<4 + 2 * bounds).map(frame.number))
    horizon = counts[3]
    versions = frame.text(after: 4 + 2 * bounds)
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
