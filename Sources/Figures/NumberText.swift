import ReadableNumbers

extension Double {
  /// A position in a drawing: hundredths of a pixel at most, no trailing zeros.
  var coordinate: String {
    let hundredths = Int((self * 100).rounded())
    return hundredths % 100 == 0 ? "\(hundredths / 100)" : "\(Double(hundredths) / 100)"
  }
}

extension Int {
  /// The number with its noun, as in `1 edge` and `1,230 edges`.
  func counted(_ singular: String, _ plural: String) -> String {
    "\(grouped) \(self == 1 ? singular : plural)"
  }
}
