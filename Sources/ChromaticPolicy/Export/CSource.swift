/// A policy as one C99 file for a microcontroller: no heap, no other file, constants in read-only memory.
public struct CSource: Sendable {
  /// How the exported code computes.
  public enum Arithmetic: String, Sendable, CaseIterable {
    /// In single precision, without a function of the C library.
    case float
    /// In 16.16 fixed point on 32-bit integers; tanh by a table, within 4·10⁻⁴.
    case fixed
  }

  private let policy: Policy
  let arithmetic: Arithmetic
  let name: String
  let deployment: Deployment
  private let dictionary: BitString

  /// The source of a policy.
  ///
  /// - Parameters:
  ///   - policy: what acts.
  ///   - arithmetic: how the C code computes.
  ///   - name: begins the names of what other files see, so that one program may have several policies;
  ///     an identifier of C.
  ///   - rule: how outputs become actions; nil if that is not known.
  public init(
    _ policy: Policy, arithmetic: Arithmetic = .float, name: String = "chromatic", rule: ActionRule?
  ) {
    precondition(Self.isIdentifier(name), "a name of C")
    self.policy = policy
    self.arithmetic = arithmetic
    self.name = name
    deployment = Deployment(rule, in: policy.environment)
    dictionary = Self.dictionary(policy)
  }

  /// Whether `name` may begin the names of functions and macros.
  public static func isIdentifier(_ name: String) -> Bool {
    name.first.map { $0.isASCII && $0.isLetter } == true
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  /// Bytes of constant data: dictionary, weights, biases, normalisation and the table of tanh.
  public var dataSize: Int {
    let numbers = policy.parameters.count + 2 * policy.architecture.observationSize
    let table = arithmetic == .fixed ? 2 * Self.tangents.count : 0
    return dictionary.bytes.count + 4 * numbers + table
  }

  /// Bits per edge; one value beyond the classes stands for a removed edge.
  private var width: Int { Self.width(policy) }

  private static func width(_ policy: Policy) -> Int {
    max(1, Accounting.bitsToName(policy.partition.classCount + (removes(policy) ? 1 : 0)))
  }

  private static func removes(_ policy: Policy) -> Bool {
    policy.partition.keptEdgeCount < policy.partition.edgeCount
  }

  /// Rows whose edges from one column are read together: eight bytes hold them at any bit of the first.
  private var rowsBeside: Int { Self.rowsBeside(width) }

  private static func rowsBeside(_ width: Int) -> Int { min(8, 57 / width) }

  /// Every layer in blocks of rows, a block column by column.
  private static func dictionary(_ policy: Policy) -> BitString {
    var bits = BitString()
    let width = width(policy)
    let height = rowsBeside(width)
    var first = 0
    for (rows, columns) in policy.architecture.matrices {
      for row in stride(from: 0, to: rows, by: height) {
        for column in 0..<columns {
          for place in row..<min(row + height, rows) {
            let value = policy.partition.classes[first + place * columns + column]
            bits.append(
              value == Partition.removed ? policy.partition.classCount : Int(value), width: width)
          }
        }
      }
      first += rows * columns
    }
    return bits
  }

  /// The file.
  public var text: String {
    let sizes = policy.architecture.layerSizes
    let macros = name.uppercased()
    return """
      /* A policy for \(comment(policy.environment.id)), \(policy.architecture.sizes), exported by chromatic.
       *
       * \(policy.partition.classCount) weights shared by \(policy.partition.keptEdgeCount) edges; \
      \(dataSize) bytes of constant data.
       * \(arithmetic == .float ? "Numbers are floats." : "Numbers are 16.16 fixed point: 65536 is 1.")
       *
       \(use)
       */
      #include <stdint.h>

      #define \(macros)_OBSERVATIONS \(policy.architecture.observationSize)
      #define \(macros)_ACTIONS \(policy.architecture.actionSize)
      \(useMacros)

      enum { LAYERS = \(sizes.count - 1), WIDEST = \(sizes.max() ?? 1), \
      CLASSES = \(policy.partition.classCount), REMOVES = \(Self.removes(policy) ? 1 : 0), BITS = \(width), \
      ROWS = \(rowsBeside) };

      static const \(sizes.allSatisfy { $0 <= 65_535 } ? "uint16_t" : "uint32_t") sizes[LAYERS + 1] = {\(list(sizes.map(String.init)))};

      static const uint8_t dictionary[\(max(1, dictionary.bytes.count))] = {\(list(dictionary.bytes.map(String.init)))};

      static const \(number) weights[CLASSES] = {\(numbers(policy.sharedWeights))};

      static const \(number) biases[\(max(1, policy.biases.count))] = \
      {\(numbers(policy.biases.isEmpty ? [0] : policy.biases))};

      static const \(number) means[\(macros)_OBSERVATIONS] = {\(numbers(policy.normalisation.mean))};

      static const \(number) scales[\(macros)_OBSERVATIONS] = \
      {\(numbers(policy.normalisation.deviation.map { 1 / $0 }))};

      \(renamed(arithmetic == .float ? Self.floatCode : Self.fixedCode))
      """
  }

  /// What other files include: sizes and the function.
  public var header: String {
    let macros = name.uppercased()
    return """
      /* A policy for \(comment(policy.environment.id)), \(policy.architecture.sizes), exported by chromatic.
       *
       \(use)
       */
      #ifndef \(macros)_POLICY_H
      #define \(macros)_POLICY_H
      \(arithmetic == .float ? "" : "\n#include <stdint.h>\n")
      #define \(macros)_OBSERVATIONS \(policy.architecture.observationSize)
      #define \(macros)_ACTIONS \(policy.architecture.actionSize)
      \(useMacros)

      /* Writes the action, each component from \(arithmetic == .float ? "-1 to 1" : "-65536 to 65536"). */
      #ifdef __cplusplus
      extern "C"
      #endif
      void \(name)_act(const \(number) *observation, \(number) *action);

      #endif

      """
  }

  private func renamed(_ code: String) -> String {
    // Macros first: a name may hold their prefix itself.
    code.replacing("CHROMATIC_", with: "\(name.uppercased())_")
      .replacing("chromatic_act", with: "\(name)_act")
  }

  private var number: String { arithmetic == .float ? "float" : "int32_t" }

  private func numbers(_ values: [Double]) -> String {
    list(
      values.map { value in
        arithmetic == .fixed
          ? String(FixedNetwork.number(value)) : Self.literal(FloatNetwork.narrow(value))
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
