extension FuzzTarget {
  /// Every target.
  public static let all: [FuzzTarget] =
    messages + hashes + files + environments + [url] + checkpoints + [replies]
}
