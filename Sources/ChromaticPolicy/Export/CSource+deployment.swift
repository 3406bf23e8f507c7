/// How outputs become actions, as comments and macros of C.
extension CSource {
  /// Lines of a comment.
  var use: String {
    """
    * Acts in \(comment(deployment.place)).
     * With y for a component of the action\(arithmetic == .float ? "" : " / 65536"), from -1 to 1: \
    \(deployment.sentence).
    """
  }

  /// Bounds and choices, in the environment's own units.
  var useMacros: String {
    let macros = name.uppercased()
    let lines =
      switch deployment.rule {
      case .scale(let low, let high, _):
        ["ACTION_LOW \(initialiser(low))", "ACTION_HIGH \(initialiser(high))"]
      case .sign(let first): ["CHOICES 2", "FIRST_CHOICE \(first)"]
      case .argmax(let choices, let first): ["CHOICES \(choices)", "FIRST_CHOICE \(first)"]
      case nil: []
      }
    return (["ACTION_REPEAT \(deployment.environment.actionRepeat)"] + lines)
      .map { "#define \(macros)_\($0)" }.joined(separator: "\n")
  }

  private func initialiser(_ values: [Double]) -> String {
    "{\(values.map(\.description).joined(separator: ", "))}"
  }

  /// Text that neither ends its comment nor seems to begin another one.
  func comment(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 }).replacing("*/", with: "* /")
      .replacing("/*", with: "/ *")
  }
}
