import ExactArithmetic
import Foundation

/// The layers of a policy as exported code walks through them.
private struct ExportedLayers {
  let sizes: [Int]
  let classes: [Int32]

  init(_ policy: Policy) {
    sizes = policy.architecture.layerSizes
    classes = policy.partition.classes
  }

  /// Runs `input` through all layers.
  func run<Number, Sum>(
    _ input: [Number], start: (_ hidden: Int?) -> Sum,
    add: (inout Sum, _ number: Int, Number) -> Void, output: (Sum) -> Number
  ) -> [Number] {
    var (input, edge, hidden) = (input, 0, 0)
    for layer in 0..<sizes.count - 1 {
      let isHidden = layer + 2 < sizes.count
      input = (0..<sizes[layer + 1]).map { _ in
        var sum = start(isHidden ? hidden : nil)
        if isHidden { hidden += 1 }
        for value in input {
          if classes[edge] != Partition.removed { add(&sum, Int(classes[edge]), value) }
          edge += 1
        }
        return output(sum)
      }
    }
    return input
  }
}

/// What the C file in floats computes, operation by operation.
struct FloatNetwork {
  private let layers: ExportedLayers
  private let weights: [Float]
  private let biases: [Float]
  private let means: [Float]
  private let scales: [Float]

  init(_ policy: Policy) {
    layers = ExportedLayers(policy)
    weights = policy.sharedWeights.map(Self.narrow)
    biases = policy.biases.map(Self.narrow)
    means = policy.normalisation.mean.map(Self.narrow)
    scales = policy.normalisation.deviation.map { Self.narrow(1 / $0) }
  }

  /// The nearest finite float.
  static func narrow(_ value: Double) -> Float {
    let bound = Double(Float.greatestFiniteMagnitude)
    return Float(max(-bound, min(bound, value)))
  }

  /// As a caller hands it over, an observation beyond single precision is infinite.
  func act(_ observation: [Double]) -> [Double] {
    let input = observation.indices.map { (Float(observation[$0]) - means[$0]) * scales[$0] }
    return layers.run(
      input, start: { $0.map { biases[$0] } ?? 0 }, add: { $0 += weights[$1] * $2 },
      output: { ElementaryFunctions.hyperbolicTangent($0) }
    ).map(Double.init)
  }
}

/// What the C file in 16.16 fixed point computes, operation by operation.
struct FixedNetwork {
  private let layers: ExportedLayers
  private let weights: [Int32]
  private let biases: [Int32]
  private let means: [Int32]
  private let scales: [Int32]

  init(_ policy: Policy) {
    layers = ExportedLayers(policy)
    weights = policy.sharedWeights.map(Self.number)
    biases = policy.biases.map(Self.number)
    means = policy.normalisation.mean.map(Self.number)
    scales = policy.normalisation.deviation.map { Self.number(1 / $0) }
  }

  /// Whether a number is within 32 bits in units of 1/65536.
  static func holds(_ value: Double) -> Bool { (value * 65536).magnitude <= 2_147_483_647 }

  /// In units of 1/65536, within 32 bits.
  static func number(_ value: Double) -> Int32 {
    Int32(max(-2_147_483_647, min(2_147_483_647, (value * 65536).rounded())))
  }

  private static func narrow(_ sum: Int64) -> Int32 {
    Int32(max(-Int64(Int32.max), min(Int64(Int32.max), sum / 65536)))
  }

  private static func tangent(_ x: Int32) -> Int32 {
    let size = x.magnitude
    let (place, rest) = (Int(size >> 12), Int(size & 4095))
    let table = CSource.tangents
    let value =
      place < 128 ? table[place] + ((table[place + 1] - table[place]) * rest) >> 12 : 65536
    return Int32(x < 0 ? -value : value)
  }

  func act(_ observation: [Double]) -> [Double] {
    let input = observation.indices.map {
      Self.narrow((Int64(Self.number(observation[$0])) - Int64(means[$0])) &* Int64(scales[$0]))
    }
    return layers.run(
      input, start: { $0.map { Int64(biases[$0]) * 65536 } ?? 0 },
      add: { $0 &+= Int64(weights[$1]) * Int64($2) }, output: { Self.tangent(Self.narrow($0)) }
    ).map { Double($0) / 65536 }
  }
}
