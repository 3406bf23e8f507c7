/// One picture: rows from the highest, pixels from the left, red, green and blue of each.
package struct Frame: Sendable, Hashable {
  /// Pixels in a row.
  package let width: Int
  /// Rows.
  package let height: Int
  /// width × height × 3 bytes.
  package var pixels: [UInt8]

  /// A black picture.
  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
    pixels = [UInt8](repeating: 0, count: width * height * 3)
  }

  /// Reverses the order of the rows.
  mutating func flip() {
    let row = width * 3
    for top in 0..<(height / 2) {
      let bottom = height - 1 - top
      for i in 0..<row { pixels.swapAt(top * row + i, bottom * row + i) }
    }
  }
}
