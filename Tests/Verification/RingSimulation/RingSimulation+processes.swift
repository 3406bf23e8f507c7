import RunQueue

/// Processes: their start, their end, and what their calls meet on the way to the store.
extension RingSimulation {
  func startAll() {
    let counts = [
      ("operator", 1), ("controller", schedule.controllers), ("aggregator", schedule.aggregators),
      ("evaluator", schedule.evaluators),
    ]
    var number = 0
    for (role, count) in counts {
      for _ in 0..<count {
        let process = SimulatedProcess(number: number, role: role)
        process.store.deliver = { [unowned self, unowned process] in deliver($0, of: process) }
        process.store.sleeping = { [unowned self, unowned process] seconds in
          after(seconds, process) { self.resume(process, with: .success(())) }
        }
        process.store.ending = { [unowned self, unowned process] in
          after(0, process) { self.restart(process, after: 1) }
        }
        start(process)
        number += 1
      }
    }
  }

  /// Ends a process at once and starts its successor, which knows nothing, after `seconds`.
  func restart(_ process: SimulatedProcess, after seconds: Double) {
    waiting.removeAll { $0 === process }
    process.incarnation += 1
    process.steps += 1
    process.store.forget()
    process.program = nil
    after(seconds, process) { self.start(process) }
  }

  private func start(_ process: SimulatedProcess) {
    process.failures = 0
    process.program = program(of: process)
    after(0, process) { self.step(process) }
  }

  private func program(of process: SimulatedProcess) -> any Program {
    switch process.role {
    case "controller": ControllerProgram(store: process.store)
    case "aggregator": AggregatorProgram(store: process.store)
    case "operator": OperatorProgram(plans: plans, store: process.store, clock: clock)
    default:
      EvaluatorProgram(
        name: process.name, store: process.store, leaves: !network.rates.isEmpty)
    }
  }

  private func resume(_ process: SimulatedProcess, with reply: ReplayedStore.Reply) {
    process.store.resume(with: reply)
    step(process)
  }

  /// Sends a call on its way; its reply if that comes at once.
  private func deliver(
    _ request: ReplayedStore.Request, of process: SimulatedProcess
  ) -> ReplayedStore.Reply? {
    if schedule.spares, !ledger.endangered.isEmpty { return effect(of: request, by: process) }
    let (delivery, fault) = network.delivery(at: clock.now)
    if let fault { note(process, "\(request.call.name): \(fault.rawValue)") }
    if fault == nil, delivery.arrivals == [0] { return effect(of: request, by: process) }
    for (number, seconds) in delivery.arrivals.enumerated() {
      arrange(request, of: process, number, after: seconds, delivery.ending)
    }
    conclude(delivery.ending, of: process)
    return nil
  }

  /// Lets arrival `number` of a call take effect, whether or not its process still lives.
  private func arrange(
    _ request: ReplayedStore.Request, of process: SimulatedProcess, _ number: Int,
    after seconds: Double, _ ending: Delivery.Ending
  ) {
    let incarnation = process.incarnation
    events.add(at: clock.now + seconds) { [self] in
      // A task taken by a call whose reply nobody gets would be lost for the last time.
      let isStray = process.incarnation != incarnation || !ending.answers(number)
      if isStray, schedule.spares, !ledger.endangered.isEmpty, request.call.takes { return }
      let reply = effect(of: request, by: process)
      guard case .reply(number, let delay) = ending else { return }
      if process.incarnation != incarnation { return }
      after(delay, process) { self.resume(process, with: reply) }
    }
  }

  private func conclude(_ ending: Delivery.Ending, of process: SimulatedProcess) {
    switch ending {
    case .reply: break
    case .lost(let seconds):
      after(seconds, process) {
        self.resume(process, with: .failure(.unreachable("the connection is lost")))
      }
    case .crash(let seconds):
      after(seconds, process) {
        self.note(process, "ends")
        self.restart(process, after: 1 + seconds)
      }
    }
  }

  private func effect(
    of request: ReplayedStore.Request, by process: SimulatedProcess
  ) -> ReplayedStore.Reply {
    let reply: ReplayedStore.Reply
    do throws(StoreError) {
      let value = try request.effect(store)
      ledger.note(request.call, value)
      reply = .success(value)
      note(process, "\(request.call.name) → \(Self.text(value))")
    } catch {
      reply = .failure(error)
      note(process, "\(request.call.name) → \(error)")
    }
    return reply
  }

  /// A reply in the trace, the same in every replay: a dictionary has no order.
  private static func text(_ value: Any) -> String {
    switch value {
    case let fields as Fields: "\(fields.count) fields"
    case let results as [Int: String]: "\(results.count) results"
    case let phases as [RunID: RunPhase]:
      phases.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    case .tasks(let claims) as Claimed: claims.map { "\($0.task)" }.joined(separator: ", ")
    case let receipt as Receipt:
      receipt.completions.map { "\($0)" }.joined(separator: ", ")
        + (receipt.next?.claims.map { ", then \($0.task)" }.joined() ?? "")
    case let iteration as IterationID?: iteration.map { "\($0)" } ?? "none"
    default: "\(value)"
    }
  }
}
