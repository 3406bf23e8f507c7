import RedisQueue
import Synchronization

/// What a process has said about errors of the moment, so that its threads do not all say the same.
final class OutageNotes: Sendable {
  /// Those of this process.
  static let ofProcess = OutageNotes()

  /// Seconds for which a line need not be said again.
  private static let pause = 20.0

  private let said = Mutex<[String: Double]>([:])

  /// Whether `line` is worth saying at `now`: no thread has said it lately.
  func isNew(_ line: String, at now: Double = ServerContact.now()) -> Bool {
    said.withLock { said in
      said = said.filter { now - $0.value < Self.pause }
      guard said[line] == nil else { return false }
      said[line] = now
      return true
    }
  }

  /// Whether the end of an outage is worth saying: a line about it was said and no thread has ended it.
  func ends() -> Bool {
    said.withLock { said in
      defer { said = [:] }
      return !said.isEmpty
    }
  }
}
