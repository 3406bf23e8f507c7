import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and SIGTERM as a question the main loop asks; a second Ctrl-C ends the tool at once.
final class Interruption: Sendable {
  private let asked = Atomic(false)
  private let wake = DispatchSemaphore(value: 0)
  /// Kept alive, never touched again after the initialiser.
  nonisolated(unsafe) private let sources: [any DispatchSourceSignal]

  /// Takes over both signals for the rest of the process.
  init() {
    let queue = DispatchQueue(label: "signals")
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: queue)
    }
    for source in sources {
      source.setEventHandler { [self] in
        if asked.exchange(true, ordering: .relaxed) { _exit(130) }
        wake.signal()
      }
      source.resume()
    }
  }

  /// Whether the tool was asked to end.
  var isAsked: Bool { asked.load(ordering: .relaxed) }

  /// Waits up to `seconds`, less if the tool is asked to end.
  func wait(_ seconds: Double) {
    guard !isAsked else { return }
    if wake.wait(timeout: .now() + seconds) == .success { wake.signal() }
  }
}
