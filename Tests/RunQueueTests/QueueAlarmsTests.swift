import RunQueue
import Testing

@Suite struct QueueAlarmsTests {
  private func overview(
    pending: Int = 0, results: Int = 0, updates: Int = 0, age: Double? = 1,
    status: String = "{}",
    leaders: [LeaderRole: String] = [.controller: "c", .aggregator: "g"]
  ) -> QueueOverview {
    QueueOverview(
      pending: pending, leased: 0, results: results, updates: updates, dead: 0,
      evaluators: age.map { [.init(name: "e", status: status, age: $0)] } ?? [], leaders: leaders)
  }

  @Test(arguments: [0, 1, 10_000]) func `work that waits is no alarm while somebody leads`(
    count: Int
  ) {
    let overview = overview(pending: count, results: count, updates: count)
    #expect(QueueAlarms(overview, isBusy: true).alarms == [])
  }

  @Test func `what nobody does is one`() {
    let idle = overview(results: 1, updates: 1, age: 11, leaders: [:])
    #expect(
      QueueAlarms(idle, isBusy: true).alarms == [.noEvaluator, .noController, .noAggregator])
    #expect(QueueAlarms(idle, isBusy: false).alarms == [.noController, .noAggregator])
    #expect(QueueAlarms(overview(age: nil, leaders: [:]), isBusy: false).alarms == [])
  }

  @Test func `evaluators that are all drained are one while a run goes on`() {
    let drained = overview(status: #"{"drained":true}"#)
    #expect(QueueAlarms(drained, isBusy: true).alarms == [.allDrained])
    #expect(QueueAlarms(drained, isBusy: false).alarms == [])
  }

  @Test func `a lead that changes hands between two looks is none`() {
    let first = QueueAlarms(
      overview(results: 1, updates: 1, leaders: [:]), isBusy: true)
    let second = QueueAlarms(
      overview(results: 1, updates: 1, leaders: [.aggregator: "h"]), isBusy: true)
    #expect(first.confirmed(by: second).alarms == [.noController])
    #expect(first.confirmed(by: first) == first)
  }
}
