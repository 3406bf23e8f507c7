import Foundation

/// The end of a compact file: how to act.
extension CompactPolicy {
  private static let unitBounds: UInt8 = 128

  /// The bytes of `deployment`, bounds in single precision.
  public static func bytes(of deployment: Deployment) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and whole numbers always have a JSON form.
    let environment = (try? encoder.encode(deployment.environment)).map(Array.init) ?? []
    return bytes(of: deployment.rule) + environment
  }

  private static func bytes(of rule: ActionRule?) -> [UInt8] {
    switch rule {
    case nil: return [0]
    case .scale(let low, let high, let rounds):
      let kind: UInt8 = rounds ? 2 : 1
      if rule == .scale(low: low.map { _ in -1 }, high: high.map { _ in 1 }, rounds: rounds) {
        return [kind | unitBounds]
      }
      return [kind] + (low + high).flatMap { littleEndian(FloatNetwork.narrow($0).bitPattern) }
    case .sign(let first): return [3] + littleEndian(UInt32(bitPattern: Int32(clamping: first)))
    case .argmax(_, let first):
      return [4] + littleEndian(UInt32(bitPattern: Int32(clamping: first)))
    }
  }
}

extension CompactPolicy.Reader {
  /// What stands from here to the end; nil if it is no deployment of a policy with `size` outputs.
  mutating func deployment(size: Int) -> Deployment? {
    guard let kind = bytes(1)?.first, let rule = rule(kind, size: size),
      let environment = try? JSONDecoder().decode(
        EnvironmentSettings.self, from: Data(bytes[position...])), environment.isValid
    else { return nil }
    return Deployment(rule, in: environment)
  }

  /// The rule of that kind; nil if there is none.
  private mutating func rule(_ kind: UInt8, size: Int) -> ActionRule?? {
    switch kind {
    case 0: return .some(nil)
    case 129, 130:
      return .scale(
        low: [Double](repeating: -1, count: size), high: [Double](repeating: 1, count: size),
        rounds: kind == 130)
    case 1, 2:
      guard let words = numbers(2 * size, as: UInt32.self) else { return nil }
      let bounds = words.map { Double(Float(bitPattern: $0)) }
      guard bounds.allSatisfy(\.isFinite) else { return nil }
      return .scale(
        low: Array(bounds.prefix(size)), high: Array(bounds.suffix(size)), rounds: kind == 2)
    case 3, 4:
      guard let word = numbers(1, as: UInt32.self)?.first, kind == 4 || size == 1 else {
        return nil
      }
      let first = Int(Int32(bitPattern: word))
      return kind == 3 ? .sign(first: first) : .argmax(choices: size, first: first)
    default: return nil
    }
  }
}
