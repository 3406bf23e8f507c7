/// Values at which decoders break.
public enum Extremes {
  /// Numbers and values of another type, as text.
  public static let tokens = [
    "0", "-0", "-1", "1", "01", "+1", "63", "64", "4294967295", "4294967296", "16777216",
    "9223372036854775807", "-9223372036854775808", "9223372036854775808",
    "18446744073709551616", "1e15", "1e154", "1e200", "1e308", "-1e308", "1e309", "1e999",
    "4e-324", "nan", "inf", "-inf", "infinity", "0x1p1023", "null", "true", "[]", "{}", "\"\"",
    "",
    "99999999999999999999999999999999",
  ]

  /// Texts that are unusual as UTF-8, as words, or nested deeply.
  static let texts: [[UInt8]] = [
    [0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], Array("\u{301}".utf8), Array("١".utf8),
    Array("\r\n".utf8), Array(" ".utf8), Array(",".utf8), Array("\u{2028}".utf8),
    [UInt8](repeating: UInt8(ascii: "["), count: 3000),
    Array(String(repeating: "{\"a\":", count: 3000).utf8),
    [UInt8](repeating: UInt8(ascii: "9"), count: 5000),
  ]

  /// Eight bytes as an integer or a double.
  static let words: [UInt64] = [
    0, 1, .max, 1 << 63, 1 << 62, 1 << 40, 1 << 24, 1 << 32, UInt64(Int64.max),
    Double.infinity.bitPattern, Double.nan.bitPattern, (1e308).bitPattern,
    (-1e300).bitPattern, UInt64(Float.greatestFiniteMagnitude.bitPattern) << 32,
    UInt64(Float.infinity.bitPattern),
  ]
}
