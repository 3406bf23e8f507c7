/// What a number from outside may be without any sum over a run overflowing.
public enum CredibleRange {
  /// Returns and means of observations.
  public static let value = -1e100...1e100
  /// Rewards and recorded summaries, which are sums of a few such values.
  public static let summary = -1e120...1e120
  /// Sums of squared deviations of one episode.
  public static let squares = 0...1e250
  /// Steps and observations of one episode.
  public static let episodeCount = 0...1 << 40
  /// Steps and observations of a whole run.
  public static let runCount = 0...1 << 53
  /// Seconds that one episode took.
  public static let seconds = 0...1e9
  /// Numbers of iterations.
  public static let iteration = 0...Int(UInt32.max)
}
