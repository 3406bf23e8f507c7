import ArchitectureSearch

/// The values of `--controller`.
extension ControllerKind {
  /// What help says of each.
  public static var allValueDescriptions: [String: String] {
    allCases.reduce(into: [:]) { $0[$1.rawValue] = $1.summary }
  }
}
