import Logging
import Randomness
import Ring
import RunQueue

/// What a process does again and again. A value, so that a suspended step leaves no trace in it.
protocol Program {
  /// One step; `random` is the same whenever the step is replayed.
  mutating func step(_ random: inout RandomStream) throws(StoreError) -> NextStep
}

/// When a process acts again.
enum NextStep {
  case after(Double)
  case whenTasksArePending
  /// The process ends in order; another takes its place.
  case restart
}

/// The real controller.
struct ControllerProgram: Program {
  private var controller: Controller

  init(store: any RunStore) { controller = Controller(store: store, logger: quiet) }

  mutating func step(_ random: inout RandomStream) throws(StoreError) -> NextStep {
    try controller.step(timeout: 0)
    return .after(random.uniform(0.2, 1.5))
  }
}

/// The real aggregator.
struct AggregatorProgram: Program {
  private var aggregator: Aggregator

  init(store: ReplayedStore) {
    aggregator = Aggregator(store: store, logger: quiet, clock: { store.moment })
  }

  mutating func step(_ random: inout RandomStream) throws(StoreError) -> NextStep {
    try aggregator.step(timeout: 0)
    return .after(random.uniform(0.2, 1.5))
  }
}

let quiet = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
