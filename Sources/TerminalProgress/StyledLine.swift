/// A line of a terminal in pieces of one style each.
package struct StyledLine {
  /// How a piece looks where colour is allowed.
  package enum Style: String {
    case plain = ""
    case strong = "1"
    case quiet = "2"
    case done = "34"
    case good = "32"
    case alarm = "1;33"
  }

  private var pieces: [(text: String, style: Style)] = []

  /// An empty line.
  package init() {}

  /// Appends text; line breaks and control characters in it become spaces.
  package mutating func add(_ text: String, _ style: Style = .plain) {
    pieces.append((text.onOneLine, style))
  }

  /// Columns the whole line takes.
  package var displayWidth: Int { pieces.reduce(0) { $0 + $1.text.displayWidth } }

  /// The line in at most `width` columns, an ellipsis in the last one if it had to be cut.
  package func text(width: Int, colour: Bool) -> String {
    guard width > 0 else { return "" }
    let isCut = displayWidth > width
    var room = isCut ? width - 1 : width
    var result = ""
    for piece in pieces where room > 0 {
      let text = piece.text.cut(to: room)
      room -= text.displayWidth
      let isStyled = colour && piece.style != .plain && !text.isEmpty
      result += isStyled ? "\u{1B}[\(piece.style.rawValue)m\(text)\u{1B}[0m" : text
      if text.count < piece.text.count { break }
    }
    return isCut ? result + "…" : result
  }
}
