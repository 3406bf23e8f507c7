/// A matrix–vector product that adds before it multiplies: inputs of one class first, then the weight.
///
/// Row i is Σ_c w_c Σ_{j: Φ(i, j) = c} x_j: one addition an edge and one multiplication per class that
/// the row uses, at most min(M, columns) instead of columns.
public struct GroupedProduct: Sendable {
  private struct Group {
    var weight: Int32
    var end: Int32
  }

  /// Columns of all groups, row by row.
  private var columns: [Int32] = []
  private var groups: [Group] = []
  private var rowEnds: [Int] = []

  /// A matrix of classes, rows × columns, of a partition into `classCount` classes.
  public init(classes: [[Int32]], classCount: Int) {
    for row in classes {
      for number in 0..<Int32(classCount) {
        let members = row.indices.filter { row[$0] == number }
        guard !members.isEmpty else { continue }
        columns += members.map(Int32.init)
        groups.append(Group(weight: number, end: Int32(columns.count)))
      }
      rowEnds.append(groups.count)
    }
  }

  /// Number of multiplications of a product.
  public var multiplications: Int { groups.count }

  /// y = W x; `y` has one entry per row.
  public func multiply(weights: [Double], _ x: [Double], into y: inout [Double]) {
    var column = 0
    var group = 0
    for (row, end) in rowEnds.enumerated() {
      var sum = 0.0
      while group < end {
        var inputs = 0.0
        while column < groups[group].end {
          inputs += x[Int(columns[column])]
          column += 1
        }
        sum += weights[Int(groups[group].weight)] * inputs
        group += 1
      }
      y[row] = sum
    }
  }
}
