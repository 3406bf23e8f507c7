/// How far into the tasks list a call looks for a task that it may take.
public enum TaskWindow {
  /// Runs take turns, so one that has pending tasks has one near the head.
  public static let size = 1000
}
