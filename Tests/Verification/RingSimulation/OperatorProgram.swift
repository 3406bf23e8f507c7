import Randomness
import RingTestKit
import RunPlan
import RunQueue

/// What an operator does to one run: submits it and, in some schedules, holds or cancels it.
struct RunPlan {
  var run: RunID
  var configuration: RunConfiguration
  /// Virtual time of its submission.
  var submitted: Double
  /// From when until when it is held.
  var hold: ClosedRange<Double>?
  /// When it is cancelled.
  var cancelled: Double?
}

/// What is wanted of every run, which changes when all begins anew.
final class Plans {
  private(set) var present: [RunPlan]

  init(_ plans: [RunPlan]) { present = plans }

  /// From now on runs of these names have other settings.
  func begin(_ successors: [RunID: RunConfiguration]) {
    for place in present.indices {
      if let successor = successors[present[place].run] {
        present[place].configuration = successor
      }
    }
  }
}

/// The operator: brings every run to the phase its plan wants, asking again until it is there.
struct OperatorProgram: Program {
  let plans: Plans
  let store: any RunStore
  let clock: VirtualClock

  mutating func step(_ random: inout RandomStream) throws(StoreError) -> NextStep {
    let phases = try store.runs()
    for plan in plans.present { try act(on: plan, phases[plan.run]) }
    return .after(random.uniform(0.5, 3))
  }

  private func act(on plan: RunPlan, _ phase: RunPhase?) throws(StoreError) {
    guard let phase else {
      let fields = plan.configuration.fields
      return plan.submitted <= clock.now
        ? try told { (store) throws(StoreError) in
          try store.submit(plan.run, config: fields)
        } : ()
    }
    if phase.isOver { return }
    if let moment = plan.cancelled, moment <= clock.now {
      return try told { (store) throws(StoreError) in try store.cancel(plan.run) }
    }
    let isHeld = plan.hold?.contains(clock.now) ?? false
    if isHeld, phase != .paused {
      try told { (store) throws(StoreError) in try store.pause(plan.run) }
    } else if !isHeld, phase == .paused {
      try told { (store) throws(StoreError) in try store.resume(plan.run) }
    }
  }

  /// Asks for something; that it is refused means that an earlier try had its effect.
  private func told(_ ask: (any RunStore) throws(StoreError) -> Void) throws(StoreError) {
    do { try ask(store) } catch  where !error.isTransient {}
  }
}
