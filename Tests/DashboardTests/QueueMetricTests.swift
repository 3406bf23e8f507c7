import Dashboard
import RunQueue
import Testing

@Suite struct QueueMetricTests {
  private func ledger(_ looks: QueueLook...) -> QueueLedger {
    var ledger = QueueLedger(queue: "q", server: "redis://r")
    for (number, look) in looks.enumerated() {
      ledger.fold(look, at: Looks.moment(Double(number)))
    }
    return ledger
  }

  private func lines(_ ledger: QueueLedger) -> [Substring] {
    ledger.exposition.split(separator: "\n").filter { !$0.hasPrefix("#") }
  }

  @Test func `before the first look nothing is known, not even zero`() {
    #expect(QueueLedger(queue: "q", server: "r").exposition.isEmpty)
  }

  @Test func `while Redis is down that is all that is known`() {
    var ledger = ledger(QueueLook(overview: Looks.overview(pending: 3)))
    #expect(lines(ledger).contains(#"chromatic_tasks_pending{queue="q"} 3"#))
    ledger.fail("gone", at: Looks.moment(1))
    #expect(lines(ledger) == [#"chromatic_redis_up{queue="q"} 0"#])
  }

  @Test func `what a server does not tell is absent`() {
    let told = ServerFigures(
      memoryUsed: 5, memoryLimit: 0, keepsFile: false, lastWriteSucceeded: true)
    let silent = ledger(QueueLook(overview: Looks.overview())).exposition
    for name in ["redis_memory", "redis_aof", "leader_age", "oldest_task", "evaluator_"] {
      #expect(!silent.contains("\nchromatic_\(name)"))
    }
    let text = ledger(QueueLook(overview: Looks.overview(), server: told)).exposition
    #expect(text.contains(#"chromatic_redis_memory_limit_bytes{queue="q"} 0"#))
    #expect(text.contains(#"chromatic_redis_aof_enabled{queue="q"} 0"#))
    #expect(!text.contains("\nchromatic_redis_aof_last_write_ok"))
  }

  @Test func `failures are told once the history was read, for every reason`() {
    let part = Looks.run(lines: [Looks.line(0, failed: 1)], lineCount: 2)
    var rest = part
    rest.lines = [Looks.line(1, failed: 2)]
    let first = QueueLook(overview: Looks.overview(), runs: [part])
    #expect(!ledger(first).exposition.contains("\nchromatic_run_failures_total"))
    let text = ledger(first, QueueLook(overview: Looks.overview(), runs: [rest])).exposition
    let labels = #"environment="Pendulum-v1",queue="q",reason="#
    #expect(
      text.contains(#"chromatic_run_failures_total{\#(labels)"environment",run="a"} 3"#))
    #expect(text.contains(#"chromatic_run_failures_total{\#(labels)"lost",run="a"} 0"#))
  }

  @Test func `evaluations are those of whole iterations and of the one in progress`() {
    var run = Looks.run(iteration: 4)
    run.delivered = 3
    let text = ledger(QueueLook(overview: Looks.overview(), runs: [run])).exposition
    #expect(
      text.contains(
        #"chromatic_run_evaluations_total{environment="Pendulum-v1",queue="q",run="a"} 35"#))
    #expect(text.contains(#"chromatic_runs{phase="running",queue="q"} 1"#))
    #expect(text.contains(#"chromatic_runs{phase="failed",queue="q"} 0"#))
  }

  @Test func `a leader's age is as long as the same one is seen`() {
    func look(_ name: String?) -> QueueLook {
      QueueLook(overview: Looks.overview(leaders: name.map { [.controller: $0] } ?? [:]))
    }
    let age = #"chromatic_leader_age_seconds{queue="q",service="controller"} "#
    #expect(ledger(look("x"), look("x"), look("x")).exposition.contains(age + "2.0"))
    #expect(ledger(look("x"), look("y")).exposition.contains(age + "0.0"))
    #expect(!ledger(look("x"), look(nil)).exposition.contains(age))
  }
}
