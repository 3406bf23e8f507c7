import ChromaticPolicy
import Dispatch
import Foundation
import Randomness

// What a matrix–vector product under weight sharing costs: dense, grouped by class, and mailman.
//
//   inference-benchmark
//
// The three take turns in one process; each figure is the median of rounds of equal length.

struct Shape {
  var rows: Int
  var columns: Int
  var classes: Int
}

let shapes = [
  Shape(rows: 41, columns: 17, classes: 17), Shape(rows: 6, columns: 41, classes: 17),
  Shape(rows: 41, columns: 41, classes: 4), Shape(rows: 41, columns: 41, classes: 2),
  Shape(rows: 256, columns: 256, classes: 17), Shape(rows: 256, columns: 256, classes: 4),
  Shape(rows: 256, columns: 256, classes: 2), Shape(rows: 1024, columns: 1024, classes: 2),
]

/// The median nanoseconds of a call over rounds of about two milliseconds.
func nanoseconds(_ call: () -> Void) -> Double {
  var times: [Double] = []
  var count = 1
  while times.count < 15 {
    let start = DispatchTime.now().uptimeNanoseconds
    for _ in 0..<count { call() }
    let elapsed = Double(DispatchTime.now().uptimeNanoseconds - start)
    if elapsed < 2e6 {
      count *= 2
    } else {
      times.append(elapsed / Double(count))
    }
  }
  return times.sorted()[times.count / 2]
}

func denseProduct(_ matrix: [Double], columns: Int, _ x: [Double], into y: inout [Double]) {
  var start = 0
  for row in y.indices {
    var sum = 0.0
    for column in 0..<columns { sum += matrix[start + column] * x[column] }
    y[row] = sum
    start += columns
  }
}

func line(_ shape: Shape) -> String {
  var random = RandomStream(seed: 1, purpose: .episode)
  let classes = (0..<shape.rows).map { _ in
    (0..<shape.columns).map { _ in Int32(random.next() % UInt64(shape.classes)) }
  }
  let weights = (0..<shape.classes).map { _ in random.gaussian() }
  let x = (0..<shape.columns).map { _ in random.gaussian() }
  let matrix = classes.joined().map { weights[Int($0)] }
  let grouped = GroupedProduct(classes: classes, classCount: shape.classes)
  let mailman = MailmanProduct(classes: classes, classCount: shape.classes)
  var y = [Double](repeating: 0, count: shape.rows)
  let times = [
    nanoseconds { denseProduct(matrix, columns: shape.columns, x, into: &y) },
    nanoseconds { grouped.multiply(weights: weights, x, into: &y) },
    nanoseconds { mailman.multiply(weights: weights, x, into: &y) },
  ]
  let cells = [
    "\(shape.rows) × \(shape.columns)", "\(shape.classes)",
    "\(shape.rows * shape.columns)", "\(grouped.multiplications)", "\(mailman.blockHeight)",
  ]
  return "| " + (cells + times.map { String(format: "%.0f", $0) }).joined(separator: " | ") + " |"
}

print(
  "| matrix | M | edges | multiplications when grouped | mailman's rows a block | dense, ns | grouped, ns | mailman, ns |"
)
print("|---|---|---|---|---|---|---|---|")
for shape in shapes { print(line(shape)) }
