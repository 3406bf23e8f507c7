extension PolicyClass: CaseIterable {
  /// Every class. A class's place is its byte in compact files: new ones go to the end.
  public static let allCases: [PolicyClass] = [
    .chromatic, .edgeRemoval, .nodeDeletion, .masked, .toeplitz, .circulant, .unstructured,
  ]

  /// The class of a policy that names none.
  public static let standard = PolicyClass.chromatic
}

/// A class is its name: it is compared, hashed and stored by that alone.
extension PolicyClass: RawRepresentable, Hashable, Codable {
  /// The class of that name.
  public init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  /// Whether both have the same name.
  public static func == (first: PolicyClass, second: PolicyClass) -> Bool {
    first.rawValue == second.rawValue
  }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension PolicyClass: CustomStringConvertible {
  /// The name.
  public var description: String { rawValue }
}
