extension ActionRule {
  /// What an environment is given.
  public enum Action: Sendable, Hashable {
    /// A number for each component, in the environment's own units.
    case control([Double])
    /// One of several choices.
    case choice(Int)
  }

  /// The action for outputs from −1 to 1, of which there are `size`.
  public func action(of outputs: [Double]) -> Action {
    switch self {
    case .scale(let low, let high, let rounds):
      .control(
        outputs.indices.map { i in
          let value = (low[i] + high[i]) / 2 + (high[i] - low[i]) / 2 * outputs[i]
          let control = min(max(value, low[i]), high[i])
          return rounds ? control.rounded(.toNearestOrEven) : control
        })
    case .sign(let first): .choice(outputs[0] > 0 ? first + 1 : first)
    case .argmax(_, let first):
      .choice(first + outputs.indices.reduce(0) { outputs[$1] > outputs[$0] ? $1 : $0 })
    }
  }
}
