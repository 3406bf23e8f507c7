/// The Philox4x32-10 bijection: 128 bits of counter and 64 bits of key to 128 random bits.
///
/// Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
/// Stateless, so any process recreates any block of any stream without having drawn the others.
public enum Philox {
  /// The ten-round output block for `counter` under `key`.
  @inlinable
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var counter = counter
    var key = key
    for _ in 0..<10 {
      let a = counter.x.multipliedFullWidth(by: 0xD251_1F53)
      let b = counter.z.multipliedFullWidth(by: 0xCD9E_8D57)
      counter = SIMD4(b.high ^ counter.y ^ key.x, b.low, a.high ^ counter.w ^ key.y, a.low)
      key = key &+ SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return counter
  }
}
