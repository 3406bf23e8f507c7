/// A positive setting that moves over a run by the same factor in every iteration, or stays as it is.
///
/// As text `0.05`, or `0.1:0.02` from the first iteration to the last.
public struct GeometricSchedule: Sendable, Hashable {
  /// The value of the first iteration.
  public let start: Double
  /// The value of the last iteration.
  public let end: Double

  /// A setting that moves from `start` to `end`.
  public init(from start: Double, to end: Double) {
    self.start = start
    self.end = end
  }

  /// A setting that stays at `value`.
  public init(_ value: Double) { self.init(from: value, to: value) }

  /// The values that a schedule may have: what follows from them stays far from the ends of numbers.
  public static let range = 1e-9...1e9

  /// Whether both ends are in the range.
  public var isValid: Bool { Self.range.contains(start) && Self.range.contains(end) }

  /// start·(end/start)^(t/(n − 1)) in iteration t of n; the start where n is 1.
  ///
  /// By square roots and products, which IEEE 754 rounds exactly: the same bytes on every machine.
  public func value(at iteration: Int, of count: Int) -> Double {
    guard start != end, count > 1 else { return start }
    guard iteration < count - 1 else { return end }
    var (value, root) = (start, end / start)
    var fraction = Double(max(iteration, 0)) / Double(count - 1)
    while fraction > 0 {
      fraction *= 2
      root = root.squareRoot()
      guard fraction >= 1 else { continue }
      fraction -= 1
      value *= root
    }
    return value
  }
}

extension GeometricSchedule: LosslessStringConvertible {
  /// The schedule that `text` describes.
  public init?(_ text: String) {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard (1...2).contains(ends.count), let start = ends[0], let end = ends[ends.count - 1] else {
      return nil
    }
    self.init(from: start, to: end)
  }

  /// The text.
  public var description: String { start == end || start.isNaN ? "\(start)" : "\(start):\(end)" }
}

extension GeometricSchedule: ExpressibleByFloatLiteral {
  /// A setting that stays as it is.
  public init(floatLiteral value: Double) { self.init(value) }
}

/// In JSON a number, or the text of a schedule that moves.
extension GeometricSchedule: Codable {
  /// Reads either form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Double.self) {
      self.init(value)
      return
    }
    guard let schedule = GeometricSchedule(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected a number, or two joined by a colon")
    }
    self = schedule
  }

  /// Writes the shorter form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if start == end { try container.encode(start) } else { try container.encode(description) }
  }
}
