/// How the outputs of a policy, each from −1 to 1, become what its environment is given.
public enum ActionRule: Sendable, Hashable {
  /// Each output y becomes (low + high)/2 + (high − low)/2 · y, and then the nearest whole number if
  /// it `rounds`; both bounds have one number an output.
  case scale(low: [Double], high: [Double], rounds: Bool)
  /// One output chooses of two: `first` + 1 where it is above 0, else `first`.
  case sign(first: Int)
  /// As many outputs as choices: `first` + the place of the largest, the first of equal ones.
  case argmax(choices: Int, first: Int)

  /// The outputs as they are.
  public static func identity(size: Int) -> ActionRule {
    .scale(
      low: [Double](repeating: -1, count: size), high: [Double](repeating: 1, count: size),
      rounds: false)
  }

  /// Number of outputs.
  public var size: Int {
    switch self {
    case .scale(let low, _, _): low.count
    case .sign: 1
    case .argmax(let choices, _): choices
    }
  }

  /// The rule's name in exported files.
  var name: String {
    switch self {
    case .scale: "scale"
    case .sign: "sign"
    case .argmax: "argmax"
    }
  }

  /// The rule in one line of ASCII, with y for an output.
  var sentence: String {
    switch self {
    case .scale(_, _, let rounds):
      "control = (low + high)/2 + (high - low)/2 * y"
        + (rounds ? ", rounded to the nearest whole number" : "")
    case .sign(let first): "choice = \(first + 1) if y > 0, else \(first)"
    case .argmax(_, let first):
      "choice = " + (first == 0 ? "" : "\(first) + ")
        + "index of the largest y, the first of equals"
    }
  }
}
