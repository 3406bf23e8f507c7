import ReadableNumbers

extension Double {
  /// A position in a drawing: hundredths of a pixel at most, no trailing zeros.
  var coordinate: String {
    let hundredths = Int((self * 100).rounded())
    return hundredths % 100 == 0 ? "\(hundredths / 100)" : "\(Double(hundredths) / 100)"
  }
}
