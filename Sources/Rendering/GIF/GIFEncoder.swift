import Foundation

/// An animated GIF that repeats for ever, each picture with a palette of its own (GIF89a).
package struct GIFEncoder: FilmEncoder {
  private let path: String
  private let secondsPerFrame: Double
  private var bytes: [UInt8] = []
  private var frames = 0

  /// A film to be written to `path`.
  package init(path: String, secondsPerFrame: Double) {
    self.path = path
    self.secondsPerFrame = secondsPerFrame
  }

  package mutating func add(_ frame: Frame) throws(RenderingError) {
    if frames == 0 { begin(width: frame.width, height: frame.height) }
    let palette = ColourPalette(of: frame)
    appendControl()
    appendImage(frame, palette)
    for part in LZWEncoder.encode(palette.indices(of: frame)).chunks(of: 255) {
      bytes.append(UInt8(part.count))
      bytes += part
    }
    bytes.append(0)
    frames += 1
  }

  package mutating func finish() throws(RenderingError) {
    bytes.append(0x3B)
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw RenderingError(
        .cannotWrite, "\(path) cannot be written: \(error.localizedDescription)")
    }
  }

  /// Header, screen without a palette, and the extension that asks for repetition.
  private mutating func begin(width: Int, height: Int) {
    bytes += Array("GIF89a".utf8)
    append(width)
    append(height)
    bytes += [0x70, 0, 0]
    bytes += [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0]
  }

  /// How long the picture stays: hundredths of a second whose rounding errors do not add up.
  private mutating func appendControl() {
    bytes += [0x21, 0xF9, 4, 0]
    append(hundredths(of: frames + 1) - hundredths(of: frames))
    bytes += [0, 0]
  }

  /// When the picture of that number appears.
  private func hundredths(of frame: Int) -> Int {
    Int((Double(frame) * secondsPerFrame * 100).rounded())
  }

  private mutating func appendImage(_ frame: Frame, _ palette: ColourPalette) {
    bytes += [0x2C, 0, 0, 0, 0]
    append(frame.width)
    append(frame.height)
    bytes.append(0x87)
    for colour in palette.colours { bytes += [colour.x, colour.y, colour.z] }
    bytes += [UInt8](repeating: 0, count: 3 * (256 - palette.colours.count))
    bytes.append(UInt8(LZWEncoder.symbolBits))
  }

  /// A 16-bit number, low byte first.
  private mutating func append(_ number: Int) {
    bytes += [UInt8(number & 0xFF), UInt8(number >> 8 & 0xFF)]
  }
}

extension [UInt8] {
  /// Consecutive slices of `size` bytes, the last one perhaps shorter.
  fileprivate func chunks(of size: Int) -> [ArraySlice<UInt8>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
