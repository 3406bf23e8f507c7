/// Every setting, in the order in which they are shown, set and checked.
extension RunSetting {
  /// All rows.
  public static let all = environmentFlags + ofRun

  /// The rows beside those that a policy's environment has, too.
  static let ofRun =
    [preset, aliveShift] + policySettings + searchSettings + clusteringSettings + iterationSettings
    + stepSettings + [seed]

  /// The row with that flag.
  public static func named(_ flag: String) -> RunSetting? { all.first { $0.flag == flag } }

  private static let seed = plain(
    "seed", \.seed, default: 0, "Names every random stream: same seed, same bytes.",
    expected: "a whole number from 0 to \(UInt64.max)")
}
