/// The best clustering of numbers on a line into at most k classes: weighted k-means, solved exactly.
///
/// In one dimension the classes of an optimal clustering are intervals of the sorted values, so dynamic
/// programming over the last interval's start finds the minimum of Σ wᵢ (xᵢ − c(i))². The best start does
/// not move back as the end moves on, which makes it O(k n log n) by divide and conquer. Of equally good
/// clusterings the one whose last intervals start first is taken, so equal inputs give equal bytes.
public struct LineClustering: Sendable, Hashable {
  /// The weighted mean of every class, ascending; as many as there are classes in use.
  public let centres: [Double]
  /// The class of every value, in the order of the values.
  public let classes: [Int32]

  /// The best clustering of `values` into at most `count` classes; fewer, and the values themselves, if no
  /// more are different.
  ///
  /// - Parameters:
  ///   - values: in any order.
  ///   - weights: how much each value counts, above 0; nil for all alike.
  ///   - count: the most classes.
  /// - Precondition: `values` are finite and not empty, `count` is above 0.
  public init(_ values: [Double], weights: [Double]? = nil, count: Int) {
    precondition(!values.isEmpty && count > 0 && values.allSatisfy(\.isFinite))
    precondition(weights.map { $0.count == values.count && $0.allSatisfy { $0 > 0 } } ?? true)
    let distinct = Set(values).sorted()
    guard distinct.count > count else {
      let numbers = Dictionary(uniqueKeysWithValues: zip(distinct, Int32(0)...))
      (centres, classes) = (distinct, values.map { numbers[$0] ?? 0 })
      return
    }
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    let line = SortedLine(
      order.map { values[$0] }, weights: order.map { weights?[$0] ?? 1 })
    let starts = line.intervals(atMost: count)
    var classes = [Int32](repeating: 0, count: values.count)
    for (number, start) in starts.enumerated() {
      let end = number + 1 < starts.count ? starts[number + 1] : values.count
      for place in start..<end { classes[order[place]] = Int32(number) }
    }
    self.classes = classes
    centres = starts.indices.map { number in
      line.mean(
        starts[number]..<(number + 1 < starts.count ? starts[number + 1] : values.count))
    }
  }
}

extension LineClustering {
  /// The class of the centre nearest to each value; of two equally near ones the lower.
  ///
  /// - Precondition: `centres` are finite, ascending and not empty.
  public static func nearest(_ values: [Double], centres: [Double]) -> [Int32] {
    let boundaries = boundaries(between: centres)
    return values.map { value in
      var (low, high) = (0, boundaries.count)
      while low < high {
        let middle = (low + high) / 2
        if value <= boundaries[middle] { high = middle } else { low = middle + 1 }
      }
      return Int32(low)
    }
  }

  /// Where the nearest centre changes: half-way between neighbours, one fewer than there are centres.
  public static func boundaries(between centres: [Double]) -> [Double] {
    zip(centres, centres.dropFirst()).map { $0 + ($1 - $0) / 2 }
  }
}

/// Sorted values with the sums that an interval's cost follows from.
private struct SortedLine {
  let count: Int
  private let middle: Double
  /// Sums of w, wx and wx² over the first i values, x taken from the middle of the line.
  private var sums: [(weight: Double, first: Double, second: Double)] = [(0, 0, 0)]

  init(_ values: [Double], weights: [Double]) {
    count = values.count
    middle = values[values.count / 2]
    for (value, weight) in zip(values, weights) {
      let x = value - middle
      let last = sums[sums.count - 1]
      sums.append((last.weight + weight, last.first + weight * x, last.second + weight * x * x))
    }
  }

  func mean(_ range: Range<Int>) -> Double {
    middle
      + (sums[range.upperBound].first - sums[range.lowerBound].first)
      / (sums[range.upperBound].weight - sums[range.lowerBound].weight)
  }

  /// Σ w (x − mean)² over the values from `start` up to, not including, `end`.
  private func cost(_ start: Int, _ end: Int) -> Double {
    let weight = sums[end].weight - sums[start].weight
    let first = sums[end].first - sums[start].first
    return max(0, sums[end].second - sums[start].second - first * first / weight)
  }

  /// Where the intervals of the best clustering into `k` classes start.
  func intervals(atMost k: Int) -> [Int] {
    // best[e] is the least cost of the first e values in the classes so far.
    var best = (0...count).map { $0 == 0 ? 0 : cost(0, $0) }
    var starts: [[Int]] = []
    for classes in stride(from: 2, through: k, by: 1) {
      var next = [Double](repeating: .infinity, count: count + 1)
      var start = [Int](repeating: 0, count: count + 1)
      fill(
        &next, &start, from: best, ends: classes...count, among: classes - 1...count - 1)
      best = next
      starts.append(start)
    }
    var result: [Int] = []
    var end = count
    for start in starts.reversed() {
      end = start[end]
      result.append(end)
    }
    return [0] + result.reversed()
  }

  /// Finds the best start of the last interval for every end in `ends`, the middle one first.
  private func fill(
    _ next: inout [Double], _ start: inout [Int], from best: [Double], ends: ClosedRange<Int>,
    among candidates: ClosedRange<Int>
  ) {
    let end = (ends.lowerBound + ends.upperBound) / 2
    for candidate in candidates.lowerBound...min(candidates.upperBound, end - 1) {
      let total = best[candidate] + cost(candidate, end)
      if total < next[end] { (next[end], start[end]) = (total, candidate) }
    }
    if end > ends.lowerBound {
      fill(
        &next, &start, from: best, ends: ends.lowerBound...end - 1,
        among: candidates.lowerBound...start[end])
    }
    if end < ends.upperBound {
      fill(
        &next, &start, from: best, ends: end + 1...ends.upperBound,
        among: start[end]...candidates.upperBound)
    }
  }
}
