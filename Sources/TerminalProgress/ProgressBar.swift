/// Unicode blocks for fractions and for the course of a value.
enum ProgressBar {
  private static let parts = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// The filled and the empty part of a bar of `width` columns, exact to an eighth of a column.
  static func bar(_ fraction: Double, width: Int) -> (filled: String, rest: String) {
    let eighths = Int((min(max(fraction, 0), 1) * Double(width * 8)).rounded(.down))
    let (full, part) = eighths.quotientAndRemainder(dividingBy: 8)
    let filled = String(repeating: "█", count: full) + (part > 0 ? parts[part] : "")
    return (filled, String(repeating: "░", count: width - full - (part > 0 ? 1 : 0)))
  }
}

/// The course of a value in one line of eighth blocks, and marks below it.
package struct Sparkline {
  /// One block a column; a space where nothing is known.
  package let blocks: String
  /// `▴` below the columns with a mark, else spaces.
  package let marks: String

  private static let levels = Array("▁▂▃▄▅▆▇█")

  /// `values` and the marked places among them, several values a column when `width` is short.
  package init(_ values: [Double?], marked: [Int], width: Int) {
    let columns = min(max(0, width), values.count)
    func column(of place: Int) -> Int { place * columns / values.count }
    var sums = [(sum: Double, count: Double)](repeating: (0, 0), count: columns)
    var isMarked = [Bool](repeating: false, count: columns)
    if columns > 0 {
      for (place, value) in values.enumerated() {
        guard let value, value.magnitude < 1e100 else { continue }
        sums[column(of: place)].sum += value
        sums[column(of: place)].count += 1
      }
      for place in marked where values.indices.contains(place) {
        isMarked[column(of: place)] = true
      }
    }
    let means = sums.map { $0.count > 0 ? $0.sum / $0.count : nil }
    blocks = Self.blocks(means)
    marks = String(isMarked.map { $0 ? "▴" : " " })
  }

  private static func blocks(_ values: [Double?]) -> String {
    let known = values.compactMap(\.self)
    guard let least = known.min(), let most = known.max() else {
      return String(repeating: " ", count: values.count)
    }
    return String(
      values.map { value in
        guard let value else { return " " }
        guard most > least else { return levels[3] }
        return levels[Int(((value - least) / (most - least) * 7).rounded())]
      })
  }
}
