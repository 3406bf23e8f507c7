/// What a controller asks of the queue: reduced iterations, and how busy the queue is.
public protocol ControllerStore: LeaderStore, QueueObserver {
  /// Waits up to `timeout` seconds for a reduced iteration and looks at it without removing it.
  ///
  /// Messages of runs that are over are dropped on the way, those of paused runs parked until
  /// `resume`. The wait may end early with nil, when only such messages came.
  func nextUpdate(timeout: Double) throws(StoreError) -> IterationID?
  /// Replaces the head of the updates list by its effects, in one step; see `commit(_:of:by:)`.
  ///
  /// If the run was paused meanwhile, the update is parked until `resume` and this returns false.
  func publish(
    _ publication: Publication, after update: IterationID, by leader: String?
  ) throws(StoreError) -> Bool
  /// Ends a run, consuming `update`; fenced as `publish` is.
  func end(
    _ update: IterationID, as ending: RunEnding, by leader: String?
  ) throws(StoreError) -> Bool
}
