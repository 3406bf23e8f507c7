extension ControllerKind: CaseIterable {
  /// Every kind.
  public static let allCases: [ControllerKind] = [
    .clustering, .pointer, .factorised, .random, .population, .evolution, .fixed,
  ]
}

/// A kind is its name: it is compared, hashed and stored by that alone.
extension ControllerKind: RawRepresentable, Hashable, Codable {
  /// The kind of that name.
  public init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  /// Whether both have the same name.
  public static func == (first: ControllerKind, second: ControllerKind) -> Bool {
    first.rawValue == second.rawValue
  }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension ControllerKind: CustomStringConvertible {
  /// The name.
  public var description: String { rawValue }
}
