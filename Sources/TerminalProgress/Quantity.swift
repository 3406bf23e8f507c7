import ReadableNumbers

/// Numbers as people read them, the same in every locale.
package enum Quantity {
  /// A count with its thousands separated: `1,230`.
  package static func count(_ value: Int) -> String { value.grouped }

  /// An episode's return with the digits it needs: `1,204.5`; `–` if there is none.
  package static func episodeReturn(_ value: Double?) -> String { value?.returnText() ?? "–" }

  /// A rate with a metric prefix: `812`, `43.2 k`, `1.2 M`; `–` if it is not a number.
  package static func rate(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    // Limits lie where rounding would show a thousand of the smaller prefix.
    if value < 999.5 { return value.text(decimals: 0) }
    if value < 999_950 { return (value / 1e3).text(decimals: 1) + " k" }
    return (value / 1e6).text(decimals: 1) + " M"
  }

  /// A share in whole percent, 100 only when nothing is left: `32 %`.
  package static func percent(_ fraction: Double) -> String {
    // The tolerance keeps whole percents that binary fractions miss by a hair.
    "\(Int((fraction * 100 + 1e-9).rounded(.down))) %"
  }

  /// A time in its two largest units: `45 s`, `2 min 10 s`, `1 h 05 min`, `3 d 4 h`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds.magnitude < 1e12 else { return "–" }
    let total = Int(max(0, seconds).rounded())
    let (minutes, hours, days) = (total / 60, total / 3600, total / 86_400)
    if days > 0 { return "\(days) d \(hours % 24) h" }
    if hours > 0 { return "\(hours) h \(twoDigits(minutes % 60)) min" }
    if minutes > 0 { return "\(minutes) min \(twoDigits(total % 60)) s" }
    return "\(total) s"
  }

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
