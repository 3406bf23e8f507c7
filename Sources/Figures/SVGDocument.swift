/// An SVG document under construction; the same calls give the same bytes.
struct SVGDocument {
  /// One font for all figures, whatever the reader's system has.
  static let font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"

  private var lines: [String]

  /// An empty drawing of the given size; title and description are for screen readers.
  ///
  /// - Parameter unit: what sizes and coordinates count: pixels if empty, else a unit of SVG such as `pt`.
  init(
    width: Double, height: Double, unit: String = "", fontSize: Double = 13, title: String,
    description: String
  ) {
    let (width, height) = (width.coordinate, height.coordinate)
    lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(width)\#(unit)" height="\#(height)\#(unit)""#
        + #" viewBox="0 0 \#(width) \#(height)" role="img" aria-labelledby="title description""#
        + #" font-family="\#(Self.font)" font-size="\#(fontSize.coordinate)" fill="\#(Ink.text)">"#,
      #"<title id="title">\#(title.xmlEscaped)</title>"#,
      #"<desc id="description">\#(description.xmlEscaped)</desc>"#,
      #"<rect width="\#(width)" height="\#(height)" fill="\#(Ink.paper)"/>"#,
    ]
  }

  /// Appends one element, given as XML.
  mutating func add(_ element: String) { lines.append(element) }

  /// Appends a line of text; `attributes` is XML.
  mutating func add(text: String, x: Double, y: Double, _ attributes: String = "") {
    let attributes = attributes.isEmpty ? "" : " " + attributes
    add(
      #"<text x="\#(x.coordinate)" y="\#(y.coordinate)"\#(attributes)>"#
        + "\(text.xmlEscaped)</text>")
  }

  /// The whole document.
  var text: String { (lines + ["</svg>", ""]).joined(separator: "\n") }
}

/// The colours of everything that is not data.
enum Ink {
  static let paper = "#ffffff"
  static let text = "#1f2328"
  static let quiet = "#57606a"
  static let axis = "#8c959f"
  static let grid = "#e6e9ec"
  static let mark = "#000000"
  static let shade = "#1f6feb"
}

extension String {
  /// The text as XML character data or attribute value; characters XML forbids are dropped.
  var xmlEscaped: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\u{9}", "\u{A}", "\u{D}": result += " "
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
