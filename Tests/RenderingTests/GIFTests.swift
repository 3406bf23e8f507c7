import Foundation
import Randomness
import Testing

@testable import Rendering

@Suite struct GIFTests {
  @Test(arguments: [0, 1, 2, 255, 254, 10_000, 300_000], [1, 2, 17, 256])
  func `what was compressed is read back, however long and however repetitive`(
    count: Int, symbols: UInt32
  ) {
    var random = RandomStream(seed: 1, purpose: .episode, index: symbols)
    let data = (0..<count).map { _ in UInt8(random.uniform(0, Double(symbols)).rounded(.down)) }
    #expect(LZWReader.decode(LZWEncoder.encode(data)) == data)
  }

  @Test func `repetition costs little`() {
    #expect(LZWEncoder.encode([UInt8](repeating: 7, count: 100_000)).count < 1000)
  }

  @Test func `a film has all its pictures, in true colours where there are few, and their times`()
    throws
  {
    let path = "\(NSTemporaryDirectory())chromatic-\(UUID().uuidString).gif"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let frames = (0..<3).map { Self.stripes(shift: $0) }
    var encoder = GIFEncoder(path: path, secondsPerFrame: 0.035)
    for frame in frames { try encoder.add(frame) }
    #expect(!FileManager.default.fileExists(atPath: path))
    try encoder.finish()
    let film = try GIFReader([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
    #expect(film.delays.reduce(0, +) == 11 && film.delays.count == 3)
    try #require(film.frames.count == 3)
    for (read, written) in zip(film.frames, frames) {
      #expect(zip(read.pixels, written.pixels).allSatisfy { abs(Int($0) - Int($1)) <= 3 })
    }
    #expect(film.frames[0] != film.frames[1])
  }

  @Test func `a picture of more than 256 colours keeps close to each of them`() {
    var frame = Frame(width: 64, height: 64)
    for i in 0..<4096 {
      frame.pixels[3 * i] = UInt8(i % 64 * 4)
      frame.pixels[3 * i + 1] = UInt8(i / 64 * 4)
    }
    let palette = ColourPalette(of: frame)
    #expect(palette.colours.count == 256)
    let indices = palette.indices(of: frame)
    for i in 0..<4096 {
      let colour = palette.colours[Int(indices[i])]
      #expect(abs(Int(colour.x) - Int(frame.pixels[3 * i])) <= 16)
      #expect(abs(Int(colour.y) - Int(frame.pixels[3 * i + 1])) <= 16)
    }
  }

  @Test func `a film that cannot be written is one line that names it`() throws {
    var encoder = GIFEncoder(path: "/nonexistent/film.gif", secondsPerFrame: 0.04)
    try encoder.add(Frame(width: 4, height: 4))
    let error = #expect(throws: RenderingError.self) { try encoder.finish() }
    #expect(error?.code == .cannotWrite)
    #expect(error?.description.hasPrefix("/nonexistent/film.gif cannot be written: ") == true)
    #expect(error?.description.contains("\n") == false)
  }

  /// Vertical stripes of 24 colours.
  private static func stripes(shift: Int) -> Frame {
    var frame = Frame(width: 96, height: 20)
    for i in 0..<(96 * 20) {
      let stripe = (i % 96 / 4 + shift) % 24
      frame.pixels[3 * i] = UInt8(stripe * 10)
      frame.pixels[3 * i + 1] = UInt8(255 - stripe * 9)
      frame.pixels[3 * i + 2] = UInt8(stripe.isMultiple(of: 2) ? 200 : 30)
    }
    return frame
  }
}
