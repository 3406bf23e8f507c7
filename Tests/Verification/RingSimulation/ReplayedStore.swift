import RunQueue

/// The store as one process sees it: a step can be suspended at any call and gone on with later.
///
/// A step is a function of the replies it gets. To suspend one, its call throws; to go on, the step
/// runs again from its beginning over the replies so far. Belongs to one simulation, hence to one
/// thread.
final class ReplayedStore: InterceptedStore, @unchecked Sendable {
  /// A call with its types forgotten, to be carried out at any time, any number of times.
  struct Request {
    var call: StoreCall
    var effect: (any RunStore) throws(StoreError) -> Any
  }

  typealias Reply = Result<Any, StoreError>

  /// The reply to a new call, or nil to suspend the step until `resume(with:)`.
  var deliver: (Request) -> Reply? = { _ in nil }
  /// Arranges for the end of a pause of that many seconds.
  var sleeping: (Double) -> Void = { _ in }
  /// Arranges for the end of the process.
  var ending: () -> Void = {}
  private(set) var isSuspended = false
  /// When the present step began, whenever it is replayed.
  private(set) var moment = 0.0
  private var replies: [Reply] = []
  private var position = 0

  func intercept<Value>(
    _ call: StoreCall, _ body: @escaping (any RunStore) throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    let reply = try reply {
      deliver(Request(call: call) { (store) throws(StoreError) in try body(store) as Any })
    }
    guard let value = try reply.get() as? Value else {
      preconditionFailure("a step asked for something else when it was replayed: \(call.name)")
    }
    return value
  }

  /// Lets virtual time go by within a step.
  func sleep(_ seconds: Double) throws(StoreError) {
    _ = try reply {
      sleeping(seconds)
      return nil
    }.get()
  }

  /// Ends the process in the middle of a step, which never goes on.
  func end() throws(StoreError) {
    _ = try reply {
      ending()
      return nil
    }.get()
  }

  /// Adds the reply that a suspended step waits for; the step is then run again.
  func resume(with reply: Reply) { replies.append(reply) }

  /// Begins a step at `now`, or begins it again.
  func rewind(at now: Double) {
    if replies.isEmpty { moment = now }
    isSuspended = false
    position = 0
  }

  /// Forgets a step that has ended, or will never end.
  func forget() {
    replies = []
    rewind(at: moment)
  }

  private func reply(to new: () -> Reply?) throws(StoreError) -> Reply {
    if isSuspended { throw .unreachable("the step is suspended") }
    if position == replies.count {
      guard let prompt = new() else {
        isSuspended = true
        throw .unreachable("the step is suspended")
      }
      replies.append(prompt)
    }
    position += 1
    return replies[position - 1]
  }
}
