import Foundation
import ServerTestKit
import Testing

/// A controller or aggregator that is lost is followed by one that stands by.
@Suite(.serialized) struct StandbyTests {
  /// How the active service is lost.
  enum Loss: Int32, CaseIterable {
    case killed, restarted, frozen

    var signal: Int32 {
      switch self {
      case .killed: SIGKILL
      case .restarted: SIGTERM
      case .frozen: SIGSTOP
      }
    }
    /// Seconds within which another one leads: a lease and a wide margin for busy machines.
    var patience: Double { self == .restarted ? 4 : 20 }
  }

  @Test(arguments: Loss.allCases, ["controller", "aggregator"])
  func `the standby takes over and the bytes stay the same`(loss: Loss, role: String) async throws {
    let queue = try QueueUnderTest(
      controllers: role == "controller" ? 0 : 1, aggregators: role == "aggregator" ? 0 : 1)
    let active = try queue.start(role)
    _ = try await active.errorLine(containing: "leading")
    let standby = try queue.start(role)
    _ = try await standby.errorLine(containing: "standing by: ")
    #expect(try await queue.output("status").contains("\(role)"))
    try await queue.begin(until: 1)
    active.send(signal: loss.signal)
    _ = try await standby.errorLine(containing: "leading", within: loss.patience)
    if loss == .frozen {
      active.send(signal: SIGCONT)
      _ = try await active.errorLine(containing: "standing by: ")
    }
    #expect(try await queue.outcome() == SmallRun.reference())
  }
}
