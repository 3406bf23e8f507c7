import ExactArithmetic

/// A positive setting that moves over a run, or stays as it is.
///
/// As text `0.05`, or `0.1:0.02` from the first iteration to the last, or `0.1:0.02:cosine`.
public struct SettingSchedule: Sendable, Hashable {
  /// How it moves from start to end.
  public enum Shape: String, Sendable, CaseIterable {
    /// By the same factor in every iteration.
    case geometric
    /// By the same amount in every iteration.
    case linear
    /// Along half a cosine: slowly at both ends.
    case cosine
  }

  /// The value of the first iteration.
  public let start: Double
  /// The value of the last iteration.
  public let end: Double
  /// How it moves between them.
  public let shape: Shape

  /// A setting that moves from `start` to `end`; one that stays has no other shape than the first.
  public init(from start: Double, to end: Double, _ shape: Shape = .geometric) {
    self.start = start
    self.end = end
    self.shape = start == end ? .geometric : shape
  }

  /// A setting that stays at `value`.
  public init(_ value: Double) { self.init(from: value, to: value) }

  /// The values that a schedule may have: what follows from them stays far from the ends of numbers.
  public static let range = 1e-9...1e9

  /// Whether both ends are in the range.
  public var isValid: Bool { Self.range.contains(start) && Self.range.contains(end) }

  /// The value in iteration t of n; the start where n is 1.
  ///
  /// By operations that IEEE 754 rounds exactly: the same bytes on every machine.
  public func value(at iteration: Int, of count: Int) -> Double {
    guard start != end, count > 1 else { return start }
    guard iteration < count - 1 else { return end }
    let fraction = Double(max(iteration, 0)) / Double(count - 1)
    switch shape {
    case .geometric: return power(fraction)
    case .linear: return start + (end - start) * fraction
    case .cosine:
      let share = (1 + ElementaryFunctions.cosine(halfTurns: fraction)) / 2
      return end + (start - end) * share
    }
  }

  /// start·(end/start)^fraction, by square roots and products.
  private func power(_ fraction: Double) -> Double {
    var (value, root, fraction) = (start, end / start, fraction)
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

extension SettingSchedule: LosslessStringConvertible {
  /// The schedule that `text` describes.
  public init?(_ text: String) {
    var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    var shape = Shape.geometric
    if parts.count == 3 {
      guard let named = Shape(rawValue: parts.removeLast()) else { return nil }
      shape = named
    }
    let ends = parts.map { Double($0) }
    guard (1...2).contains(ends.count), let start = ends[0], let end = ends[ends.count - 1] else {
      return nil
    }
    self.init(from: start, to: end, shape)
  }

  /// The text.
  public var description: String {
    guard start != end, !start.isNaN else { return "\(start)" }
    return "\(start):\(end)" + (shape == .geometric ? "" : ":\(shape.rawValue)")
  }
}

extension SettingSchedule: ExpressibleByFloatLiteral {
  /// A setting that stays as it is.
  public init(floatLiteral value: Double) { self.init(value) }
}

/// In JSON a number, or the text of a schedule that moves.
extension SettingSchedule: Codable {
  /// Reads either form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Double.self) {
      self.init(value)
      return
    }
    guard let schedule = SettingSchedule(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "expected a number, or two joined by a colon with a shape behind")
    }
    self = schedule
  }

  /// Writes the shorter form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if start == end { try container.encode(start) } else { try container.encode(description) }
  }
}
