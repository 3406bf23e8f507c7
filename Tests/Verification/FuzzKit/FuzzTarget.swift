/// A decoder under fire: good inputs to damage, and an oracle that judges what it made of one.
public struct FuzzTarget: Sendable {
  /// What became of an input.
  public enum Verdict: Sendable, Hashable {
    /// The decoder refused it.
    case rejected
    /// The damage left a sound input: it reads back the same and keeps its invariants.
    case stillValid
    /// The decoder took what it should not.
    case accepted(String)
  }

  /// The target's name on the command line.
  public let name: String
  /// Cases of the long campaign, in thousands.
  public let thousands: Int
  let examples: [[UInt8]]
  let finish: @Sendable (inout Mutator, inout [UInt8]) -> Void
  let judge: @Sendable ([UInt8]) -> Verdict

  /// Numbers of the examples that are not sound, which would make the damage worth less.
  public var refusedExamples: [Int] {
    examples.indices.filter { judge(examples[$0]) != .stillValid }
  }

  init(
    _ name: String, thousands: Int, examples: [[UInt8]],
    finish: @escaping @Sendable (inout Mutator, inout [UInt8]) -> Void = { _, _ in },
    judge: @escaping @Sendable ([UInt8]) -> Verdict
  ) {
    self.name = name
    self.thousands = thousands
    self.examples = examples
    self.finish = finish
    self.judge = judge
  }

  /// A target that reads text; bytes that are no UTF-8 never reach it, as from Redis.
  static func text(
    _ name: String, thousands: Int, _ examples: [String],
    judge: @escaping @Sendable (String) -> Verdict
  ) -> FuzzTarget {
    FuzzTarget(name, thousands: thousands, examples: examples.map { Array($0.utf8) }) { bytes in
      String(validating: bytes, as: UTF8.self).map(judge) ?? .rejected
    }
  }

  /// A target that reads a value and writes it: what is read must be read back the same.
  static func codec<Value: Equatable & Sendable>(
    _ name: String, thousands: Int, _ examples: [String],
    read: @escaping @Sendable (String) -> Value?, write: @escaping @Sendable (Value) -> String
  ) -> FuzzTarget {
    text(name, thousands: thousands, examples) { input in
      guard let value = read(input) else { return .rejected }
      return read(write(value)) == value ? .stillValid : .accepted("does not read back")
    }
  }
}
