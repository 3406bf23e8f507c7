import Foundation
import Logging
import RedisQueue
import Ring
import RingTestKit
import Testing

extension QueueUnderTest {
  /// Does just `count` evaluations, so that a run stands where a test wants it.
  ///
  /// A thread of its own works, so that busy tests beside this one cannot make it late.
  func evaluate(_ count: Int) async throws {
    let url = try RedisURL(url)
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try Self.evaluate(count, at: url) })
      }
    }
  }

  private static func evaluate(_ count: Int, at url: RedisURL) throws {
    var slot = EvaluatorSlot(
      name: "by hand",
      store: try RedisRunStore(url: url, keys: try #require(QueueKeys(queue: "default"))),
      lease: 10, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      player: UntimedPlayer.maker())
    var done = 0
    let deadline = ContinuousClock().now + .seconds(120)
    while done < count {
      guard ContinuousClock().now < deadline else {
        throw NotInTime(description: "\(done) of \(count) evaluations in 120 s")
      }
      if case .delivered = try slot.step() { done += 1 }
    }
    try slot.handBack()
  }
}
