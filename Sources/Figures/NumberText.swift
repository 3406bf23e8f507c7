import Foundation

extension Double {
  /// A position in a drawing: hundredths of a pixel at most, no trailing zeros.
  var coordinate: String {
    let hundredths = Int((self * 100).rounded())
    return hundredths % 100 == 0 ? "\(hundredths / 100)" : "\(Double(hundredths) / 100)"
  }

  /// The number for a reader: thousands separated by commas, a true minus sign, whatever the locale.
  ///
  /// From 10⁹ on in scientific notation, which keeps labels short when a run diverges.
  func grouped(decimals: Int) -> String {
    let style = FloatingPointFormatStyle<Double>.number.locale(Locale(identifier: "en_US"))
    let text =
      magnitude < 1e9
      ? formatted(style.precision(.fractionLength(decimals)))
      : formatted(style.notation(.scientific).precision(.significantDigits(3)))
    let isZero = !text.contains { ("1"..."9").contains($0) }
    return isZero
      ? text.replacingOccurrences(of: "-", with: "")
      : text.replacingOccurrences(of: "-", with: "−")
  }

  /// An episode's return for a reader: one decimal, two below 10.
  var returnText: String { grouped(decimals: magnitude < 10 ? 2 : 1) }
}

extension Int {
  /// The number with thousands separated by commas.
  var grouped: String { Double(self).grouped(decimals: 0) }

  /// The number with its noun, as in `1 edge` and `1,230 edges`.
  func counted(_ singular: String, _ plural: String) -> String {
    "\(grouped) \(self == 1 ? singular : plural)"
  }
}
