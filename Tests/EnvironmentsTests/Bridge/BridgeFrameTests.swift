import Testing

@testable import Environments

@Suite struct BridgeFrameTests {
  @Test func `a frame is its kind and size in eight bytes, then numbers, then text`() {
    let frame = BridgeFrame(.step, [1, -2.5], text: "é")
    #expect(frame.bytes.prefix(8) == [2, 0, 0, 0, 18, 0, 0, 0])
    #expect(frame.bytes.count == 26 && frame.numberCount == 2)
    #expect(frame.number(0) == 1 && frame.number(1) == -2.5)
    #expect(frame.text(after: 2) == "é")
    #expect(BridgeFrame(frame.bytes) == frame)
  }

  @Test func `bytes that are no whole frame of a known kind are none`() {
    let bytes = BridgeFrame(.state, [0.5]).bytes
    for count in 0..<bytes.count { #expect(BridgeFrame(bytes.prefix(count)) == nil) }
    #expect(BridgeFrame([99] + bytes.dropFirst()) == nil)
    #expect(BridgeFrame([0] + bytes.dropFirst()) == nil)
  }

  @Test func `a handshake that is not whole is a problem, never a trap`() throws {
    let whole: [Double] = [3, 0, 2, 10, -1, -2, 1, 2]
    let handshake = try BridgeHandshake(BridgeFrame(.ready, whole, text: "Gymnasium 1"))
    #expect(handshake.observationSize == 3 && handshake.horizon == 10)
    #expect(handshake.action == .box(low: [-1, -2], high: [1, 2]))
    #expect(handshake.versions == "Gymnasium 1")
    for numbers in [
      [], [3], [3, 0, 2, 10], Array(whole.dropLast()), [.nan, 0, 2, 10, -1, -2, 1, 2],
      [3, 0, -1, 10], [3, 1, 0, 10], [3, 1, -4, 10], [1e300, 1, 2, 10], [3, 1, 2, -1],
      [3, 0, 1, 10, 1, -1], [3, 0, 1, 10, .nan, 1], [3, 0, 1, 10, -1e308, 1e308],
    ] as [[Double]] {
      #expect(throws: BridgeProblem.self, "\(numbers)") {
        try BridgeHandshake(BridgeFrame(.ready, numbers))
      }
    }
    #expect(throws: BridgeProblem.self) { try BridgeHandshake(BridgeFrame(.state, whole)) }
  }
}
