import Foundation

/// How numbers are written for people.
public enum NumberStyle: Sendable {
  /// Thousands separated by commas, a true minus sign: `−1,204.5`.
  case prose
  /// As programs write them: `-1204.5`.
  case plain
}

extension Double {
  /// The number with that many decimals, whatever the locale.
  ///
  /// From 10⁹ on in scientific notation, which keeps labels short when a run diverges.
  public func text(decimals: Int, _ style: NumberStyle = .prose) -> String {
    magnitude < 1e9 ? fixed(decimals, style) : scientific(3, style)
  }

  /// A return for people, with the digits it needs: one decimal, two below 10, three digits below 1 and
  /// in scientific notation below 10⁻⁴, so that no return but 0 reads as 0; `–` for one
  /// that is no number.
  ///
  /// - Parameter whole: from this size on without decimals.
  public func returnText(_ style: NumberStyle = .prose, wholeFrom whole: Double = .infinity)
    -> String
  {
    guard isFinite else { return "–" }
    if magnitude >= whole { return text(decimals: 0, style) }
    if magnitude >= 10 { return text(decimals: 1, style) }
    if magnitude >= 1 || self == 0 { return text(decimals: 2, style) }
    return magnitude < 1e-4
      ? scientific(3, style) : fixed(2 - Int(log10(magnitude).rounded(.down)), style)
  }

  /// A tick of an axis with steps of size `step` and numbers up to `largest`.
  package func text(downTo step: Double, largest: Double) -> String {
    let last = Int(log10(step).rounded(.down))
    guard largest >= 1e9 || largest < 1e-4 else { return text(decimals: max(0, -last)) }
    guard magnitude >= step / 2 else { return "0" }
    return scientific(max(1, min(17, Int(log10(magnitude).rounded(.down)) - last + 1)), .prose)
  }

  private func fixed(_ decimals: Int, _ style: NumberStyle) -> String {
    written(Self.format(style).precision(.fractionLength(decimals)), style)
  }

  private func scientific(_ digits: Int, _ style: NumberStyle) -> String {
    written(Self.format(style).notation(.scientific).precision(.significantDigits(digits)), style)
  }

  private static func format(_ style: NumberStyle) -> FloatingPointFormatStyle<Double> {
    .number.locale(Locale(identifier: "en_US")).grouping(style == .prose ? .automatic : .never)
  }

  /// Without the sign of a number that is rounded to 0.
  private func written(
    _ format: FloatingPointFormatStyle<Double>, _ style: NumberStyle
  ) -> String {
    let text = formatted(format)
    let isZero = !text.contains { ("1"..."9").contains($0) }
    let minus = isZero ? "" : style == .prose ? "−" : "-"
    return text.replacing("-", with: minus)
  }
}

extension Int {
  /// The number with thousands separated by commas.
  public var grouped: String { Double(self).text(decimals: 0) }

  /// The number with its noun, as in `1 edge` and `1,230 edges`.
  public func counted(_ singular: String, _ plural: String) -> String {
    "\(grouped) \(self == 1 ? singular : plural)"
  }
}
