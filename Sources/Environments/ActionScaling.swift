/// The one mapping from policies' actions to environments' controls.
///
/// Policies end in tanh, so their actions fill [−1, 1]; controls fill the environment's own range.
enum ActionScaling {
  /// The control at `action` on the line from `low` (at −1) to `high` (at 1); exact for [−1, 1].
  @inline(__always)
  static func scale(_ action: Double, low: Double, high: Double) -> Double {
    (low + high) / 2 + (high - low) / 2 * action
  }
}
