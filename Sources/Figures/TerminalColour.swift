/// How many colours a terminal may be given.
public enum TerminalColour: Sendable, Hashable {
  /// None: characters only.
  case none
  /// The 256 indexed colours.
  case indexed
  /// 24 bits.
  case full

  /// What the output allows: nothing off a terminal, under NO_COLOR or on TERM=dumb.
  public init(environment: [String: String], isTerminal: Bool) {
    let terminal = environment["TERM"] ?? ""
    let isForbidden = !(environment["NO_COLOR"] ?? "").isEmpty
    if !isTerminal || isForbidden || terminal.isEmpty || terminal == "dumb" {
      self = .none
    } else {
      self = ["truecolor", "24bit"].contains(environment["COLORTERM"]) ? .full : .indexed
    }
  }

  /// The escape sequence that sets the foreground, or the background, to `colour`.
  func sequence(_ colour: Colour, background: Bool = false) -> String {
    let target = background ? 48 : 38
    return switch self {
    case .none: ""
    case .indexed: "\u{1B}[\(target);5;\(colour.indexed)m"
    case .full: "\u{1B}[\(target);2;\(colour.red);\(colour.green);\(colour.blue)m"
    }
  }

  /// The escape sequence that ends all colouring.
  var reset: String { self == .none ? "" : "\u{1B}[0m" }
}
