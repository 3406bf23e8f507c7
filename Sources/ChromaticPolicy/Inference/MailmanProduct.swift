/// The mailman algorithm (Liberty & Zucker 2009): blocks of ⌊log_M n⌋ rows share their additions.
///
/// A block's columns are words over the alphabet of M weights; x is first added up by word (n
/// additions), then all words are multiplied at once by halving, O(M^k) for k rows a block. In all
/// O(mn / log_M n) operations. Where M² > n a block is one row and the algorithm groups by class.
public struct MailmanProduct: Sendable {
  private let rows: Int
  private let classCount: Int
  /// Rows of a block.
  public let blockHeight: Int
  /// The word of every column, block by block.
  private let words: [[Int32]]

  /// A matrix of classes without removed edges, rows × columns, of a partition into `classCount`.
  public init(classes: [[Int32]], classCount: Int) {
    precondition(classes.allSatisfy { $0.allSatisfy { $0 >= 0 && $0 < classCount } })
    rows = classes.count
    self.classCount = classCount
    let columns = classes.first?.count ?? 0
    var height = 1
    var reach = classCount * classCount
    while classCount > 1, reach <= columns {
      reach *= classCount
      height += 1
    }
    let blockHeight = height
    self.blockHeight = blockHeight
    words = stride(from: 0, to: classes.count, by: blockHeight).map { start in
      (0..<columns).map { column in
        classes[start..<min(start + blockHeight, classes.count)]
          .reduce(0) { $0 * Int32(classCount) + $1[column] }
      }
    }
  }

  /// y = W x; `y` has one entry per row.
  public func multiply(weights: [Double], _ x: [Double], into y: inout [Double]) {
    var row = 0
    for block in words {
      let height = min(blockHeight, rows - row)
      var sums = [Double](
        repeating: 0, count: (0..<height).reduce(1) { size, _ in size * classCount })
      for (column, word) in block.enumerated() { sums[Int(word)] += x[column] }
      expand(&sums, weights, height: height, first: row, into: &y)
      row += height
    }
  }

  /// Multiplies the matrix of all words by `sums`, from its first row down.
  ///
  /// The first row is constant on M stretches of equal length; below it the stretches are alike, so
  /// that they can be added up before the next row.
  private func expand(
    _ sums: inout [Double], _ weights: [Double], height: Int, first: Int, into y: inout [Double]
  ) {
    var length = sums.count
    for row in first..<first + height {
      length /= classCount
      var value = 0.0
      for number in 0..<classCount {
        var stretch = 0.0
        for i in number * length..<(number + 1) * length { stretch += sums[i] }
        value += weights[number] * stretch
      }
      y[row] = value
      for number in 1..<max(classCount, 1) {
        for i in 0..<length { sums[i] += sums[number * length + i] }
      }
    }
  }
}
