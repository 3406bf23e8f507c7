@testable import Rendering

/// The pictures of an animated GIF, read as GIF89a defines it; throws for anything else.
struct GIFReader {
  struct Damaged: Error { let position: Int }

  private(set) var frames: [Frame] = []
  /// Hundredths of a second for which each picture stays.
  private(set) var delays: [Int] = []

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) throws {
    self.bytes = bytes
    guard try take(6) == Array("GIF89a".utf8) else { throw Damaged(position: 0) }
    let screen = (try number(), try number())
    guard try take(3)[0] & 0x80 == 0 else { throw Damaged(position: position) }
    while try readBlock(screen) {}
    guard position == bytes.count else { throw Damaged(position: position) }
  }

  /// Reads a block; false for the trailer.
  private mutating func readBlock(_ screen: (Int, Int)) throws -> Bool {
    switch try take(1)[0] {
    case 0x21:
      let label = try take(1)[0]
      let data = try subblocks()
      if label == 0xF9 { delays.append(Int(data[1]) | Int(data[2]) << 8) }
    case 0x2C: try readImage(screen)
    case 0x3B: return false
    default: throw Damaged(position: position)
    }
    return true
  }

  private mutating func readImage(_ screen: (Int, Int)) throws {
    _ = try take(4)
    let (width, height) = (try number(), try number())
    guard (width, height) == screen, try take(1)[0] == 0x87 else {
      throw Damaged(position: position)
    }
    let palette = try take(3 * 256)
    guard try take(1)[0] == 8, let indices = LZWReader.decode(try subblocks()),
      indices.count == width * height
    else { throw Damaged(position: position) }
    var frame = Frame(width: width, height: height)
    frame.pixels = indices.flatMap { palette[3 * Int($0)..<3 * Int($0) + 3] }
    frames.append(frame)
  }

  private mutating func subblocks() throws -> [UInt8] {
    var data: [UInt8] = []
    while case let count = Int(try take(1)[0]), count > 0 { data += try take(count) }
    return data
  }

  private mutating func number() throws -> Int {
    let pair = try take(2)
    return Int(pair[0]) | Int(pair[1]) << 8
  }

  private mutating func take(_ count: Int) throws -> [UInt8] {
    guard position + count <= bytes.count else { throw Damaged(position: position) }
    defer { position += count }
    return Array(bytes[position..<position + count])
  }
}
