import ChromaticPolicy
import ExactArithmetic
import Randomness
import Testing

@testable import ArchitectureSearch

/// The hand-written back-propagation against central differences, in Double.
@Suite struct PointerGradientTests {
  static let shape = PointerShape(edgeCount: 5, classCount: 3, hiddenWidth: 8, attentionWidth: 16)
  static let advantages = [1.3, -0.4, 0.7, -2.1, 0.2]
  static let entropyWeight = 0.3

  static let partitions = [
    [0, 1, 2, 0, 1], [2, 2, 0, 1, 0], [1, 1, 1, 1, 2], [0, 2, 1, 0, 0], [2, 0, 0, 2, 1],
  ].map { Partition(classes: $0, classCount: 3) }

  static func network(_ vector: [SIMD8<Double>], groupWidth: Int = 3) -> PointerNetwork<Double> {
    PointerNetwork(
      weights: PointerWeights(shape: shape, vector: vector), temperature: 2, bound: 3,
      groupWidth: groupWidth)
  }

  /// Parameters of a size at which no unit saturates, so that every path carries gradient.
  static let parameters: [SIMD8<Double>] = {
    var stream = RandomStream(seed: 11, purpose: .controllerInitialisation)
    return (0..<shape.parameterCount).map { _ in
      var entry = SIMD8<Double>.zero
      for lane in 0..<8 { entry[lane] = 0.4 * stream.gaussian() }
      return entry
    }
  }()

  /// ln of each partition's probability and the summed entropy of its decisions.
  static func objective(_ vector: [SIMD8<Double>]) -> Double {
    let rows = network(vector).probabilities(of: partitions)
    var sum = 0.0
    for (index, row) in rows.enumerated() {
      for edge in 0..<shape.edgeCount {
        let p = row[edge * 3..<edge * 3 + 3]
        let chosen = p[edge * 3 + Int(partitions[index].classes[edge])]
        sum += advantages[index] * ElementaryFunctions.naturalLogarithm(chosen)
        sum -= entropyWeight * p.reduce(0) { $0 + $1 * ElementaryFunctions.naturalLogarithm($1) }
      }
    }
    return sum
  }

  static func gradient(groupWidth: Int = 3) -> [SIMD8<Double>] {
    network(parameters, groupWidth: groupWidth).gradient(
      of: partitions, advantages: advantages, entropyWeight: entropyWeight
    ).vector
  }

  static func range(of tensor: PointerTensor) -> Range<Int> {
    let before = PointerTensor.allCases.prefix(tensor.rawValue)
    let start = before.reduce(0) { $0 + shape.count($1) }
    return start..<start + shape.count(tensor)
  }

  @Test(arguments: PointerTensor.allCases)
  func `the gradient of every tensor agrees with central differences`(tensor: PointerTensor) {
    let parameters = Self.parameters
    let gradient = Self.gradient()
    var (error, size) = (0.0, 0.0)
    for index in Self.range(of: tensor) {
      let lane = index * 5 % 8
      var (up, down) = (parameters, parameters)
      up[index][lane] += 1e-5
      down[index][lane] -= 1e-5
      let slope = (Self.objective(up) - Self.objective(down)) / 2e-5
      error = max(error, abs(slope - gradient[index][lane]))
      size = max(size, abs(slope))
    }
    #expect(size > 1e-3, "the tensor has no effect: \(size)")
    #expect(error < 1e-6 * size, "error \(error) of \(size)")
  }

  @Test func `the width of the groups changes the gradient by rounding only`() {
    let reference = Self.gradient(groupWidth: 1)
    for width in [2, 3, 5, 32] {
      let error = zip(reference, Self.gradient(groupWidth: width)).map {
        let difference = $0 - $1
        return (difference * difference).sum()
      }.reduce(0, +)
      #expect(error.squareRoot() < 1e-12, "width \(width)")
    }
  }

  @Test func `partitions are drawn with the same bits whatever the width of the groups`() {
    let expected = Self.network(Self.parameters, groupWidth: 1).sample(count: 20, seed: 6, step: 2)
    for width in [3, 7, 32] {
      let network = Self.network(Self.parameters, groupWidth: width)
      #expect(network.sample(count: 20, seed: 6, step: 2) == expected)
    }
  }

  @Test func `the probabilities of every decision sum to one`() {
    for row in Self.network(Self.parameters).probabilities(of: Self.partitions) {
      for edge in 0..<5 {
        #expect(abs(row[edge * 3..<edge * 3 + 3].reduce(0, +) - 1) < 1e-14)
      }
    }
  }

  /// 3⁵ partitions: their probabilities sum to one only if each decision sees the ones before it.
  @Test func `the probabilities of all partitions sum to one`() {
    let all = (0..<243).map { number in
      var rest = number
      let classes = (0..<5).map { _ in
        defer { rest /= 3 }
        return Int32(rest % 3)
      }
      return Partition(classes: classes, classCount: 3)
    }
    let rows = Self.network(Self.parameters).probabilities(of: all)
    let total = zip(all, rows).reduce(0.0) { sum, pair in
      sum + (0..<5).reduce(1.0) { $0 * pair.1[$1 * 3 + Int(pair.0.classes[$1])] }
    }
    #expect(abs(total - 1) < 1e-12)
    let first = rows.map { Array($0[12..<15]) }
    #expect(Set(first).count > 1, "the last decision must depend on the earlier ones")
  }
}
