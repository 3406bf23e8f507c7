import Randomness
import Testing

@testable import ChromaticPolicy

/// Products that exploit sharing, against the dense one. Small whole numbers, so equality is exact.
@Suite struct InferenceTests {
  struct Shape: Sendable {
    var rows: Int
    var columns: Int
    var classes: Int
  }

  private func example(_ shape: Shape) -> (classes: [[Int32]], weights: [Double], x: [Double]) {
    var random = RandomStream(seed: 1, purpose: .episode)
    func whole(_ bound: UInt64) -> Int { Int(random.next() % bound) }
    return (
      (0..<shape.rows).map { _ in
        (0..<shape.columns).map { _ in Int32(whole(UInt64(shape.classes))) }
      },
      (0..<shape.classes).map { _ in Double(whole(41)) - 20 },
      (0..<shape.columns).map { _ in Double(whole(201)) - 100 }
    )
  }

  private func dense(_ classes: [[Int32]], _ weights: [Double], _ x: [Double]) -> [Double] {
    classes.map { row in zip(row, x).reduce(0) { $0 + ($1.0 < 0 ? 0 : weights[Int($1.0)]) * $1.1 } }
  }

  @Test(arguments: [
    Shape(rows: 41, columns: 17, classes: 17), Shape(rows: 6, columns: 41, classes: 17),
    Shape(rows: 41, columns: 41, classes: 2), Shape(rows: 7, columns: 256, classes: 2),
    Shape(rows: 64, columns: 64, classes: 4), Shape(rows: 3, columns: 5, classes: 1),
    Shape(rows: 1, columns: 1, classes: 3),
  ])
  func `both products are exact`(shape: Shape) {
    let (classes, weights, x) = example(shape)
    let expected = dense(classes, weights, x)
    var y = [Double](repeating: .nan, count: shape.rows)
    GroupedProduct(classes: classes, classCount: shape.classes)
      .multiply(weights: weights, x, into: &y)
    #expect(y == expected)
    y = [Double](repeating: .nan, count: shape.rows)
    MailmanProduct(classes: classes, classCount: shape.classes)
      .multiply(weights: weights, x, into: &y)
    #expect(y == expected)
  }

  @Test func `grouping leaves removed edges out`() {
    var (classes, weights, x) = example(Shape(rows: 5, columns: 9, classes: 3))
    classes[2][4] = Partition.removed
    classes[3] = [Int32](repeating: Partition.removed, count: 9)
    var y = [Double](repeating: .nan, count: 5)
    let product = GroupedProduct(classes: classes, classCount: 3)
    product.multiply(weights: weights, x, into: &y)
    #expect(y == dense(classes, weights, x))
    #expect(product.multiplications <= 4 * 3)
  }

  @Test(arguments: [(2, 41, 5), (2, 256, 8), (4, 64, 3), (17, 41, 1), (5, 25, 2), (1, 30, 1)])
  func `a block has as many rows as words fit into the columns`(
    classes: Int, columns: Int, height: Int
  ) {
    let rows = [[Int32]](repeating: [Int32](repeating: 0, count: columns), count: 9)
    #expect(MailmanProduct(classes: rows, classCount: classes).blockHeight == height)
  }
}
