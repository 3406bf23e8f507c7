import Foundation
import Spawning

/// A running or ended child process.
final class ChildProcess: @unchecked Sendable {
  // `ending` is read and written under `condition`; that is what makes the class Sendable.
  let identifier: pid_t
  private let condition = NSCondition()
  private var ending: ChildEnding?

  /// Starts `command`; a thread of its own waits for its end and then calls `onEnd`.
  init(
    _ command: ChildCommand, onEnd: (@Sendable (ChildEnding) -> Void)? = nil
  ) throws(LocalRingError) {
    identifier = try command.spawn()
    Thread.detachNewThread { [self] in
      let ending = reap()
      onEnd?(ending)
    }
  }

  /// How the process ended, after waiting up to `seconds` for it; nil while it runs.
  func wait(upTo seconds: Double) -> ChildEnding? {
    condition.lock()
    defer { condition.unlock() }
    let deadline = Date(timeIntervalSinceNow: seconds)
    while ending == nil, condition.wait(until: deadline) {}
    return ending
  }

  /// Sends a signal, unless the process has ended.
  func send(signal: Int32) {
    condition.lock()
    defer { condition.unlock() }
    if ending == nil { kill(identifier, signal) }
  }

  /// Asks the process to end, and after `grace` seconds makes it end.
  @discardableResult
  func stop(grace: Double) -> ChildEnding {
    send(signal: SIGTERM)
    if let ending = wait(upTo: grace) { return ending }
    send(signal: SIGKILL)
    while true {
      if let ending = wait(upTo: 60) { return ending }
    }
  }

  /// Waits for the process's end, keeping its identifier from being used again until that is noted.
  private func reap() -> ChildEnding {
    var information = siginfo_t()
    while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    condition.lock()
    defer { condition.unlock() }
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    let ending = ChildEnding(status: status)
    self.ending = ending
    condition.broadcast()
    return ending
  }
}
