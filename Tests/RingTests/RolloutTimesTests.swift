import RunQueue
import Testing

@testable import Ring

/// An aggregator that has just started learns from what is there when an evaluation takes too long.
@Suite struct RolloutTimesTests {
  @Test func `the results in place tell it once half of them are in`() throws {
    let store = InMemoryRunStore()
    let run = try #require(RunID("a"))
    try store.submit(run, config: InProcessRing.smallConfiguration().fields)
    let first = Publication(taskCount: 4, weights: nil, partitions: nil, checkpoint: [:])
    #expect(try store.publish(first, after: IterationID(run: run, iteration: -1)))
    var times = RolloutTimes()
    try deliver(0, of: run, to: store)
    try times.recall(from: store)
    #expect(times.patience == [:])
    try deliver(1, of: run, to: store)
    try times.recall(from: store)
    #expect(times.patience == [run: 2 * RolloutTimes.factor])
  }

  private func deliver(_ index: Int, of run: RunID, to store: InMemoryRunStore) throws {
    let task = TaskID(iteration: IterationID(run: run, iteration: 0), index: index)
    let result = "return=-1.0 steps=1 seconds=2.0 observations=1 mean=0,0,0 squares=0,0,0"
    #expect(try store.complete(task, result: result) == .accepted)
  }
}
