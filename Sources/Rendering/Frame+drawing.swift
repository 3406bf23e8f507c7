extension Frame {
  /// Red, green and blue.
  package typealias Paint = (UInt8, UInt8, UInt8)

  /// Paints a rectangle; what is outside of the picture is left out.
  package mutating func fill(x: Int, y: Int, width: Int, height: Int, _ paint: Paint) {
    for row in max(0, y)..<max(0, y, min(self.height, y + height)) {
      for column in max(0, x)..<max(0, x, min(self.width, x + width)) {
        set(x: column, y: row, paint)
      }
    }
  }

  /// Places another picture; what is outside of this one is left out.
  package mutating func place(_ other: Frame, x: Int, y: Int) {
    let shown = min(other.width, width - x)
    for row in 0..<min(other.height, height - y) where shown > 0 {
      let source = 3 * row * other.width
      let target = 3 * ((y + row) * width + x)
      pixels.replaceSubrange(
        target..<target + 3 * shown, with: other.pixels[source..<source + 3 * shown])
    }
  }

  /// Writes a line whose upper left corner is given; every pixel of the font is `scale` pixels wide and high.
  package mutating func write(_ text: String, x: Int, y: Int, scale: Int = 1, _ paint: Paint) {
    for (place, character) in text.unicodeScalars.enumerated() {
      for (row, pixels) in BitmapFont.rows(character).enumerated() {
        for (column, hasInk) in pixels.enumerated() where hasInk {
          fill(
            x: x + (place * BitmapFont.width + column) * scale, y: y + (row + 1) * scale,
            width: scale, height: scale, paint)
        }
      }
    }
  }

  /// Writes lines in white over a darkened strip along the upper edge, as far as they fit.
  package mutating func caption(_ lines: [String]) {
    let scale = max(1, height / 180)
    let margin = 4 * scale
    let strip = min(height, lines.count * BitmapFont.height * scale + margin)
    for index in 0..<3 * width * strip { pixels[index] = UInt8(Int(pixels[index]) * 3 / 10) }
    let letters = max(1, (width - 2 * margin) / (BitmapFont.width * scale))
    for (number, line) in lines.enumerated() {
      let shown = line.count > letters ? line.prefix(letters - 1) + "…" : line[...]
      let y = margin / 2 + number * BitmapFont.height * scale
      write(String(shown), x: margin, y: y, scale: scale, (255, 255, 255))
    }
  }

  private mutating func set(x: Int, y: Int, _ paint: Paint) {
    let index = 3 * (y * width + x)
    (pixels[index], pixels[index + 1], pixels[index + 2]) = paint
  }
}
