/// One process of the simulated ring: its program, and the step it is in.
final class SimulatedProcess {
  let number: Int
  let role: String
  let store = ReplayedStore()
  /// How often it was started; what waits for an earlier one waits in vain.
  var incarnation = 0
  var steps: UInt32 = 0
  var failures = 0
  var program: (any Program)?

  init(number: Int, role: String) {
    self.number = number
    self.role = role
  }

  /// Its name in the queue and the trace.
  var name: String { "\(role)-\(number).\(incarnation)" }
}
