/// What a controller decides about a policy: one of `choices` values for each of `count` things.
struct Decisions: Sendable {
  /// How many things are decided.
  let count: @Sendable (Architecture) -> Int
  /// How many values each may take, given M.
  let choices: @Sendable (_ weights: Int) -> Int
  /// The partition of the edges that follows.
  let partition: @Sendable (Partition, Architecture) -> Partition

  /// The class of every edge among M.
  static let sharing = Decisions(
    count: { $0.edgeCount }, choices: { $0 }, partition: { decisions, _ in decisions })

  /// For each of `count` things whether it is removed (1) or kept (0).
  static func removal(
    of count: @escaping @Sendable (Architecture) -> Int,
    leaving partition: @escaping @Sendable (Partition, Architecture) -> Partition
  ) -> Decisions {
    Decisions(count: count, choices: { _ in 2 }, partition: partition)
  }
}
