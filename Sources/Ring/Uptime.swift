import Dispatch

/// The clock by which a service paces itself; it decides nothing of a run's result.
public enum Uptime {
  /// Seconds since this machine started, which no change of the wall clock moves.
  public static func seconds() -> Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }
}
