import Testing

@testable import Rendering

@Suite struct FrameDrawingTests {
  private static let white: Frame.Paint = (255, 255, 255)

  /// Where a picture is not black, as rows of text.
  private func shape(_ frame: Frame) -> [String] {
    (0..<frame.height).map { row in
      (0..<frame.width).map { column in
        frame.pixels[3 * (row * frame.width + column)] > 0 ? "#" : " "
      }.joined()
    }
  }

  @Test func `a letter is drawn as the font has it, at any size`() {
    var frame = Frame(width: 6, height: 11)
    frame.write("L", x: 0, y: 0, Self.white)
    let rows = shape(frame).filter { $0.contains("#") }
    #expect(rows.count == 7)
    #expect(rows.dropLast().allSatisfy { $0.filter { $0 == "#" }.count == 1 })
    #expect(rows.dropLast().allSatisfy { $0.prefix(3).contains("#") }, "not in a mirror")
    #expect(rows.last?.filter { $0 == "#" }.count ?? 0 > 4)
    var large = Frame(width: 18, height: 33)
    large.write("L", x: 0, y: 0, scale: 3, Self.white)
    let shrunk = stride(from: 0, to: 33, by: 3).map { row in
      String(shape(large)[row].enumerated().filter { $0.offset % 3 == 0 }.map(\.element))
    }
    #expect(shrunk == shape(frame))
  }

  @Test func `the font has all that captions use, each character another shape`() {
    let printable = (0x21..<0x7F).compactMap { Unicode.Scalar(UInt8($0)) }
    let used = printable + ["−", "–", "…", "·", "×", "≥"]
    #expect(Set(used.map(BitmapFont.rows)).count == used.count)
    #expect(used.allSatisfy { BitmapFont.rows($0).joined().contains(true) })
    #expect(!BitmapFont.rows(" ").joined().contains(true))
    #expect(BitmapFont.rows("語") == BitmapFont.rows("?"))
  }

  @Test func `what lies outside of a picture is left out`() {
    var frame = Frame(width: 10, height: 6)
    frame.fill(x: -5, y: -5, width: 7, height: 7, Self.white)
    frame.fill(x: 8, y: 4, width: 9, height: 9, Self.white)
    frame.fill(x: 20, y: 20, width: 5, height: 5, Self.white)
    #expect(
      shape(frame) == ["##        ", "##        "] + [String](repeating: "          ", count: 2)
        + ["        ##", "        ##"])
    frame.write("too long for it", x: 4, y: -8, scale: 4, Self.white)
    var whole = Frame(width: 4, height: 4)
    whole.place(frame, x: 2, y: 3)
    #expect(shape(whole) == ["    ", "    ", "    ", "  ##"])
  }

  @Test func `a caption darkens a strip, writes its lines there and cuts what is too long`() {
    var frame = Frame(width: 80, height: 60)
    frame.fill(x: 0, y: 0, width: 80, height: 60, (200, 200, 200))
    frame.caption(["ab", "a line that is much too long"])
    let strip = frame.pixels[..<(3 * 80 * 26)]
    #expect(Set(strip) == [60, 255])
    #expect(frame.pixels[(3 * 80 * 26)...].allSatisfy { $0 == 200 })
    var same = Frame(width: 80, height: 60)
    same.fill(x: 0, y: 0, width: 80, height: 60, (200, 200, 200))
    same.caption(["ab", "a line that…"])
    #expect(same == frame)
  }
}
