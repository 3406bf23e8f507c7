import RedisQueue
import RunQueue
import ServerTestKit
import Synchronization

/// What the store makes of a server's replies: each input is one reply, sent as it is.
extension FuzzTarget {
  static let replies = FuzzTarget(
    "reply", thousands: 20, examples: replyExamples.map { Array($0.utf8) }
  ) { bytes in
    guard let bench = try? ReplyBench.shared.get() else { return .accepted("no server") }
    return bench.judge(bytes)
  }

  private static let replyExamples = [
    "*2\r\n$7\r\nclaimed\r\n$10\r\ntrain 5 14\r\n", "*1\r\n$4\r\nnone\r\n",
    "*2\r\n$4\r\nnext\r\n$7\r\ntrain 5\r\n", "*1\r\n$8\r\naccepted\r\n",
    "*3\r\n$7\r\ndamaged\r\n$1\r\nk\r\n$1\r\nr\r\n",
    "*5\r\n$6\r\nreaped\r\n$10\r\ntrain 5 14\r\n$1\r\ne\r\n$1\r\n1\r\n$4\r\ndead\r\n",
    "*11\r\n$8\r\noverview\r\n$1\r\n1\r\n$1\r\n2\r\n$1\r\n3\r\n$1\r\n4\r\n$1\r\n5\r\n$5\r\n100.5"
      + "\r\n$1\r\nc\r\n$0\r\n\r\n$1\r\ne\r\n$7\r\n99.5 {}\r\n",
    "*3\r\n$6\r\nleader\r\n$1\r\nc\r\n$3\r\n4.5\r\n",
    "*3\r\n$4\r\ndead\r\n$18\r\na 0 0 lost 5 times\r\n$4\r\nlost\r\n",
    "*2\r\n$1\r\n3\r\n$8\r\nfailed x\r\n", "$-1\r\n", ":9223372036854775807\r\n",
    "-WRONGTYPE of key\r\n", "*1000000\r\n", "$1099511627776\r\nx\r\n", "$-7\r\n", "*-7\r\n",
    "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n",
  ]
}

/// A server that answers with the input in turn, and the store that asks it.
private final class ReplyBench: Sendable {
  static let shared = Result { try ReplyBench() }

  private let reply: ReplyBox
  private let server: FakeServer
  private let store: RedisRunStore
  private let iteration: IterationID

  private init() throws {
    let reply = ReplyBox()
    self.reply = reply
    server = try FakeServer(raw: { words in
      switch words.first {
      case "INFO": FakeServer.Answer(Array(FakeServer.bulk("redis_version:7.0.15\r\n").utf8))
      case "PING": FakeServer.Answer(Array("+PONG\r\n".utf8))
      case "SCRIPT":
        FakeServer.Answer(Array(FakeServer.bulk(String(repeating: "0", count: 40)).utf8))
      default: FakeServer.Answer(reply.bytes.withLock { $0 }, isLast: true)
      }
    })
    guard let keys = QueueKeys(queue: "fuzz"), let next = IterationID(message: "train 5") else {
      throw StoreError.incompatible("no valid names")
    }
    iteration = next
    store = try RedisRunStore(url: server.url, keys: keys)
  }

  /// Asks with every call that reads a reply in its own way.
  func judge(_ bytes: [UInt8]) -> FuzzTarget.Verdict {
    reply.bytes.withLock { $0 = bytes }
    let calls = [claims, looks, counts, reaps, collects, leads, lists]
    var verdict = FuzzTarget.Verdict.rejected
    for (number, call) in calls.enumerated() {
      guard let isSound = try? call() else { continue }
      guard isSound else { return .accepted("call \(number) took it") }
      verdict = .stillValid
    }
    return verdict
  }

  private func claims() throws -> Bool { isSound(try store.claim(by: "e", lease: 10)) }

  private func looks() throws -> Bool { isSound(try store.nextResult(timeout: 0)) }

  private func counts() throws -> Bool { isSound(try store.overview()) }

  private func reaps() throws -> Bool {
    let reaped = try store.reapExpiredLeases(attempts: 5)
    return reaped.allSatisfy { isSound($0.task) }
  }

  private func collects() throws -> Bool {
    let results = try store.results(of: iteration)
    return results.keys.allSatisfy { $0 >= 0 }
  }

  private func leads() throws -> Bool {
    guard let leader = try store.leader(of: .controller) else { return true }
    return leader.seconds.isFinite && leader.seconds >= 0
  }

  private func lists() throws -> Bool {
    try store.deadTasks().allSatisfy { $0.reason.utf8.count <= $0.line.utf8.count }
  }

  private func isSound(_ task: TaskID?) -> Bool {
    task.map { TaskID(message: $0.description) == $0 } ?? true
  }

  private func isSound(_ iteration: IterationID?) -> Bool {
    iteration.map { IterationID(message: $0.description) == $0 } ?? true
  }

  private func isSound(_ overview: QueueOverview) -> Bool {
    overview.pending >= 0 && overview.evaluators.allSatisfy { $0.age.isFinite && $0.age >= 0 }
  }
}

/// The reply that the server sends next.
private final class ReplyBox: Sendable {
  let bytes = Mutex<[UInt8]>([])
}
