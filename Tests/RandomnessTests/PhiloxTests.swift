import Randomness
import Testing

@Suite struct PhiloxTests {
  /// Known-answer vectors published with the generator (Random123, kat_vectors, philox4x32 10).
  @Test func `a block matches the published vectors`() {
    #expect(
      Philox.block(counter: SIMD4(repeating: 0), key: SIMD2(repeating: 0))
        == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    #expect(
      Philox.block(counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max))
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      Philox.block(
        counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
        key: SIMD2(0xa409_3822, 0x299f_31d0))
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func `streams with different names differ`() {
    var seen: Set<UInt64> = []
    for purpose in StreamPurpose.allCases {
      for iteration: UInt32 in 0..<3 {
        for index: UInt32 in 0..<3 {
          var stream = RandomStream(
            seed: 7, purpose: purpose, iteration: iteration, index: index)
          #expect(seen.insert(stream.next()).inserted)
        }
      }
    }
  }
}
