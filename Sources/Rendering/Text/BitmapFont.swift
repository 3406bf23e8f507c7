/// A font of pixels for captions, drawn for this project in `glyphs.txt`: a line for each character, then its nine
/// rows of five pixels from the top, seven above the base line and two below.
///
/// It has ASCII and the few other characters that captions use; one that is missing is a question mark.
package enum BitmapFont {
  /// Pixels from a character to the next.
  package static let width = 6
  /// Pixels from a line to the next.
  package static let height = 11

  /// The nine rows of a character, true where there is ink.
  static func rows(_ character: Unicode.Scalar) -> [[Bool]] {
    glyphs[character] ?? glyphs["?"] ?? []
  }

  private static let glyphs: [Unicode.Scalar: [[Bool]]] = {
    var glyphs: [Unicode.Scalar: [[Bool]]] = [:]
    for line in String(decoding: PackageResources.glyphs_txt, as: UTF8.self).split(separator: "\n")
    {
      let rows = line.dropFirst(2).split(separator: " ").map { $0.map { $0 == "#" } }
      guard let character = line.unicodeScalars.first, rows.count == 9,
        rows.allSatisfy({ $0.count == 5 })
      else { preconditionFailure("the font's file holds a line that is none of it") }
      glyphs[character] = rows
    }
    return glyphs
  }()
}
