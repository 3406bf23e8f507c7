import RedisQueue
import RunPlan
import RunQueue

extension RedisRunStore {
  /// Throws `overLimit` unless the server has room for a run of `configuration` beside all others.
  public func checkMemory(for configuration: RunConfiguration) throws(StoreError) {
    try checkMemory(for: RunFootprint(configuration).memory) { fields in
      (try? RunConfiguration(fields)).map { RunFootprint($0).memory }
    }
  }
}
