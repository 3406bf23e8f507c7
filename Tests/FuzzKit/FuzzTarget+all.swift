extension FuzzTarget {
  /// Every target.
  public static let all: [FuzzTarget] = messages + hashes + [policy, url] + checkpoints + [replies]
}
