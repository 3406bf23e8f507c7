/// Many normal numbers at a time.
extension RandomStream {
  /// `count` standard normal doubles: those that as many calls of `gaussian()` return.
  public mutating func gaussians(_ count: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, initialised in
      initialised = count
      guard let base = buffer.baseAddress else { return }
      fillWithUniforms(base, count)
      NormalDistribution.replaceWithQuantiles(base, count)
    }
  }

  /// The next `count` uniform doubles, four blocks of two at a time.
  private mutating func fillWithUniforms(_ values: UnsafeMutablePointer<Double>, _ count: Int) {
    var place = 0
    while place < count, used != 4 || count - place < 8 {
      values[place] = uniform()
      place += 1
    }
    while count - place >= 8 {
      let (first, second) = Philox.uniforms(counter: counter, key: key)
      counter.x &+= 4
      for lane in 0..<4 {
        values[place + 2 * lane] = first[lane]
        values[place + 2 * lane + 1] = second[lane]
      }
      place += 8
    }
    while place < count {
      values[place] = uniform()
      place += 1
    }
  }
}

extension Philox {
  /// The uniform doubles in the first and in the second half of four blocks, from `counter` on.
  fileprivate static func uniforms(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>
  ) -> (first: SIMD4<Double>, second: SIMD4<Double>) {
    let low = SIMD4<UInt64>(repeating: 0xFFFF_FFFF)
    let first = counter.x
    var x = SIMD4<UInt64>(
      UInt64(first), UInt64(first &+ 1), UInt64(first &+ 2), UInt64(first &+ 3))
    var y = SIMD4(repeating: UInt64(counter.y))
    var z = SIMD4(repeating: UInt64(counter.z))
    var w = SIMD4(repeating: UInt64(counter.w))
    var key = key
    for _ in 0..<10 {
      let a = (x & low) &* 0xD251_1F53
      let b = (z & low) &* 0xCD9E_8D57
      x = b &>> 32 ^ y ^ UInt64(key.x)
      z = a &>> 32 ^ w ^ UInt64(key.y)
      y = b & low
      w = a & low
      key = key &+ SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return (uniforms(y &<< 32 | x), uniforms(w &<< 32 | z))
  }

  /// `RandomStream.uniform()` of 64 bits each: 2⁵² in the exponent turns the upper 52 into a number exactly.
  private static func uniforms(_ bits: SIMD4<UInt64>) -> SIMD4<Double> {
    let raised = unsafeBitCast(bits &>> 12 | 0x4330_0000_0000_0000, to: SIMD4<Double>.self)
    return (raised - 0x1p52 + 0.5) * 0x1p-52
  }
}
