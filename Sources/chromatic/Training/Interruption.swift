import ArgumentParser
import Dispatch
import Foundation
import Programs
import Synchronization

/// Ctrl-C and SIGTERM as a question the main loop asks; a second Ctrl-C ends the tool at once.
final class Interruption: Sendable {
  private let asked = Atomic(false)
  private let wake = DispatchSemaphore(value: 0)
  private let serverlessEnd: Mutex<(@Sendable () -> Void)?>
  /// Kept alive, never touched again after the initialiser.
  nonisolated(unsafe) private let sources: [any DispatchSourceSignal]

  /// How a tool ends that was asked to.
  static let exitCode = ExitCode(ExitStatus.interrupted)

  /// Takes over both signals for the rest of the process.
  ///
  /// - Parameter leavesAlone: whether the tool has nothing to put in order, so that it ends by itself
  ///   where its server does not answer.
  init(leavesAlone: Bool = false) {
    let end: @Sendable () -> Void = { _exit(Self.exitCode.rawValue) }
    serverlessEnd = Mutex(leavesAlone ? end : nil)
    let queue = DispatchQueue(label: "signals")
    let registered = DispatchGroup()
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: queue)
    }
    for source in sources {
      source.setEventHandler { [self] in
        if asked.exchange(true, ordering: .relaxed) { _exit(Self.exitCode.rawValue) }
        if let end = serverlessEnd.withLock({ $0 }) { ServerlessEnd.watch(end) }
        wake.signal()
      }
      registered.enter()
      source.setRegistrationHandler { registered.leave() }
      source.resume()
    }
    // A signal before that would be lost.
    registered.wait()
  }

  /// Has `end` called on a thread of its own where the tool is asked to end and its server does not answer.
  func whenServerless(_ end: @escaping @Sendable () -> Void) {
    serverlessEnd.withLock { $0 = end }
  }

  /// Whether the tool was asked to end.
  var isAsked: Bool { asked.load(ordering: .relaxed) }

  /// Waits up to `seconds`, less if the tool is asked to end.
  func wait(_ seconds: Double) {
    guard !isAsked else { return }
    if wake.wait(timeout: .now() + seconds) == .success { wake.signal() }
  }
}
