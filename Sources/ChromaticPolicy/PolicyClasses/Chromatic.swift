extension PolicyClass {
  /// Learned weight sharing among M classes.
  public static let chromatic = PolicyClass(
    "chromatic", summary: "the controller decides which edges share weights",
    arguments: [.init(.policy, "chromatic"), .init(.searchSpace, "sharing")],
    weights: { _ in nil }, decisions: .sharing,
    dictionary: { $1.edgeCount * Accounting.bitsToName($0) })
}
