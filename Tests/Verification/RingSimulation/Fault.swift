/// What can befall a call, the process that makes it, or the store.
public enum Fault: String, CaseIterable, Sendable {
  /// The call never arrives; the caller sees a lost connection.
  case lostRequest = "request lost"
  /// The call has its effect; the caller sees a lost connection.
  case lostReply = "reply lost"
  /// The caller sees a lost connection; the call has its effect later, up to 30 s.
  case lateEffect = "effect after the connection was lost"
  /// The call has its effect twice at once; the second reply counts.
  case duplicate = "call delivered twice"
  /// A copy of the call has its effect up to 30 s later.
  case lateDuplicate = "call delivered again later"
  /// Request and reply are slow, by seconds; calls of others overtake them.
  case delay = "call delayed"
  /// The process stands still for longer than a lease, before or after the effect.
  case pause = "process paused beyond its lease"
  /// The process ends before the call has an effect.
  case crashBefore = "process killed before the effect"
  /// The process ends after the call had its effect.
  case crashAfter = "process killed after the effect"
  /// The store cannot be reached by anybody.
  case outage = "store out of reach"
  /// A key of the queue is deleted.
  case deletedKey = "key deleted"
  /// The store's clock jumps.
  case clockJump = "clock jumped"
  /// All is gone, and runs of the same names begin.
  case begunAnew = "begun anew under the same names"

  /// Those that are drawn for every call.
  static let ofCalls: [Fault] = [
    .lostRequest, .lostReply, .lateEffect, .duplicate, .lateDuplicate, .delay, .pause, .crashBefore,
    .crashAfter,
  ]
}
