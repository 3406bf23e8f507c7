/// A policy as one C99 file for a microcontroller: no heap, no other file, constants in read-only memory.
public struct CSource: Sendable {
  /// How the exported code computes.
  public enum Arithmetic: String, Sendable, CaseIterable {
    /// In single precision; needs `tanhf` of the C library.
    case float
    /// In 16.16 fixed point on 32-bit integers; tanh by a table, within 4·10⁻⁴.
    case fixed
  }

  private let policy: Policy
  private let arithmetic: Arithmetic

  /// The source of a policy.
  public init(_ policy: Policy, arithmetic: Arithmetic = .float) {
    self.policy = policy
    self.arithmetic = arithmetic
  }

  /// Bytes of constant data: dictionary, weights, biases, normalisation and the table of tanh.
  public var dataSize: Int {
    let numbers = policy.parameters.count + 2 * policy.architecture.observationSize
    let table = arithmetic == .fixed ? 2 * Self.tangents.count : 0
    return dictionary.bytes.count + 4 * numbers + table
  }

  /// Bits per edge; one value beyond the classes stands for a removed edge.
  private var width: Int {
    let partition = policy.partition
    let removes = partition.keptEdgeCount < partition.edgeCount
    return max(1, Accounting.bitsToName(partition.classCount + (removes ? 1 : 0)))
  }

  private var dictionary: BitString {
    var bits = BitString()
    for value in policy.partition.classes {
      bits.append(
        value == Partition.removed ? policy.partition.classCount : Int(value), width: width)
    }
    return bits
  }

  /// The file.
  public var text: String {
    let sizes = policy.architecture.layerSizes
    return """
      /* A policy for \(policy.environment.id), \(policy.architecture.sizes), exported by chromatic.
       *
       * \(policy.partition.classCount) weights shared by \(policy.partition.keptEdgeCount) edges; \
      \(dataSize) bytes of constant data.
       * \(arithmetic == .float ? "Numbers are floats." : "Numbers are 16.16 fixed point: 65536 is 1.")
       */
      \(arithmetic == .float ? "#include <math.h>\n#include <stdint.h>" : "#include <stdint.h>")

      #define CHROMATIC_OBSERVATIONS \(policy.architecture.observationSize)
      #define CHROMATIC_ACTIONS \(policy.architecture.actionSize)

      enum { LAYERS = \(sizes.count - 1), WIDEST = \(sizes.max() ?? 1), \
      CLASSES = \(policy.partition.classCount), BITS = \(width) };

      static const uint16_t sizes[LAYERS + 1] = {\(list(sizes.map(String.init)))};

      static const uint8_t dictionary[\(max(1, dictionary.bytes.count))] = {\(list(dictionary.bytes.map(String.init)))};

      static const \(number) weights[CLASSES] = {\(numbers(policy.sharedWeights))};

      static const \(number) biases[\(max(1, policy.biases.count))] = \
      {\(numbers(policy.biases.isEmpty ? [0] : policy.biases))};

      static const \(number) means[CHROMATIC_OBSERVATIONS] = {\(numbers(policy.normalisation.mean))};

      static const \(number) scales[CHROMATIC_OBSERVATIONS] = \
      {\(numbers(policy.normalisation.deviation.map { 1 / $0 }))};

      \(arithmetic == .float ? Self.floatCode : Self.fixedCode)
      """
  }

  private var number: String { arithmetic == .float ? "float" : "int32_t" }

  private func numbers(_ values: [Double]) -> String {
    list(
      values.map { value in
        guard arithmetic == .fixed else { return Self.literal(Float(value)) }
        let scaled = (value * 65536).rounded()
        return String(Int32(max(-2_147_483_647, min(2_147_483_647, scaled))))
      })
  }

  /// Shortest decimal form that reads back as the same float.
  private static func literal(_ value: Float) -> String {
    let text = value.description
    return (text.contains { ".e".contains($0) } ? text : text + ".0") + "f"
  }

  /// Twelve numbers a line.
  private func list(_ items: [String]) -> String {
    stride(from: 0, to: items.count, by: 12).map { start in
      "\n  " + items[start..<min(start + 12, items.count)].joined(separator: ", ")
    }.joined(separator: ",") + "\n"
  }
}
