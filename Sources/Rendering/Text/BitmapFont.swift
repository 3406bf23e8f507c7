/// A font of pixels: X.Org's public-domain misc-fixed 8x13, in the format of GNU Unifont's .hex files: a line for
/// each character, its code, then its sixteen rows of eight pixels.
///
/// It has ASCII and the few other characters that captions use; one that is missing is a question mark.
package enum BitmapFont {
  /// Pixels from a character to the next.
  package static let width = 8
  /// Pixels from a line to the next.
  package static let height = 16

  /// The sixteen rows of a character, the leftmost pixel in the highest bit.
  static func rows(_ character: Unicode.Scalar) -> [UInt8] {
    glyphs[character] ?? glyphs["?"] ?? [UInt8](repeating: 0, count: height)
  }

  private static let glyphs: [Unicode.Scalar: [UInt8]] = {
    var glyphs: [Unicode.Scalar: [UInt8]] = [:]
    for line in String(decoding: PackageResources.glyphs_hex, as: UTF8.self).split(separator: "\n")
    {
      let parts = line.split(separator: ":")
      guard parts.count == 2, let code = UInt32(parts[0], radix: 16),
        let scalar = Unicode.Scalar(code), let bits = UInt128(parts[1], radix: 16)
      else { preconditionFailure("the font's file holds a line that is none of it") }
      glyphs[scalar] = (0..<height).map {
        UInt8(truncatingIfNeeded: bits >> (8 * (height - 1 - $0)))
      }
    }
    return glyphs
  }()
}
