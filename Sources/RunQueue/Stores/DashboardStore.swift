/// What a dashboard asks of the queue: all that it shows, at one moment and in one round trip.
public protocol DashboardStore: ViewerStore {
  /// The queue as it stands; of runs that stand as they stood, only that they do.
  ///
  /// - Parameters:
  ///   - known: the runs of earlier looks, those first whose history is wanted first.
  ///   - lines: how many lines of history come at most, of all runs together.
  func look(_ known: [KnownRun], lines: Int) throws(StoreError) -> QueueLook
}
