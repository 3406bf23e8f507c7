import ChromaticPolicy
import Foundation
import RunPlan
import RunQueue

/// The decoders of files: policies of every class, their compact form, and runs that were moved.
extension FuzzTarget {
  static let files = [
    codec(
      "policy", thousands: 60, Examples.policies.map(Finalists.text),
      read: { try? PolicyFile.decode(Data($0.utf8)) }, write: Finalists.text),
    FuzzTarget(
      "compact-policy", thousands: 100,
      examples: (Examples.policies + [Examples.policy.clustered(into: 3, sharesBiases: true)])
        .flatMap { policy in
          CompactPolicy.Moments.allCases.flatMap { moments in
            [nil, ActionRule.identity(size: policy.architecture.actionSize), .sign(first: -1)]
              .map { $0.map { Deployment($0, in: policy.environment) } }
              .compactMap { CompactPolicy.encode(policy, moments: moments, deployment: $0) }
          }
        },
      judge: judgeCompact),
    FuzzTarget(
      "run-snapshot", thousands: 20, examples: [Array(RunSnapshotFile.encode(Examples.snapshot))],
      finish: { mutator, bytes in if mutator.below(8) > 0 { sealSnapshot(&bytes) } },
      judge: judgeSnapshot),
  ]

  private static func judgeCompact(_ bytes: [UInt8]) -> Verdict {
    guard let contents = CompactPolicy.decode(bytes) else { return .rejected }
    let policy = Policy(
      environment: Examples.policy.environment, architecture: contents.architecture,
      policyClass: contents.policyClass, partition: contents.partition,
      parameters: contents.parameters, biasClasses: contents.biasClasses,
      normalisation: contents.normalisation,
      training: Examples.policy.training)
    let readsBack = CompactPolicy.Moments.allCases.contains {
      CompactPolicy.encode(policy, moments: $0, deployment: contents.deployment)
        .flatMap(CompactPolicy.decode) == contents
    }
    return readsBack ? .stillValid : .accepted("does not read back")
  }

  private static func judgeSnapshot(_ bytes: [UInt8]) -> Verdict {
    guard let snapshot = try? RunSnapshotFile.decode(Data(bytes)) else { return .rejected }
    guard (try? RunSnapshotFile.decode(RunSnapshotFile.encode(snapshot))) == snapshot else {
      return .accepted("does not read back")
    }
    guard let run = RunID("moved"), let position = try? snapshot.checked(QueueLimits()) else {
      return .rejected
    }
    let store = InMemoryRunStore()
    guard (try? store.restore(snapshot, as: run)) != nil else { return .rejected }
    return (try? store.runs()) == [run: position.phase] ? .stillValid : .accepted("no such phase")
  }

  /// Writes the header over the first line so that it fits the second.
  private static func sealSnapshot(_ bytes: inout [UInt8]) {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return }
    let body = bytes[(end + 1)...].dropLast()
    let digits = String(checksum(body), radix: 16)
    let sum = String(repeating: "0", count: 16 - digits.count) + digits
    let header =
      "{\"bytes\":\(body.count),\"checksum\":\"\(sum)\",\"format\":\"chromatic run\",\"version\":1}"
    bytes.replaceSubrange(..<end, with: header.utf8)
  }
}
