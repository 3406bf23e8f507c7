import ArchitectureSearch
import ChromaticPolicy
import Foundation
import RedisQueue
import RunPlan
import RunQueue

/// The decoders of what services exchange through Redis.
extension FuzzTarget {
  static let messages: [FuzzTarget] = [
    codec(
      "task", thousands: 200, ["train 55 14", "a 0 0", "run-1.x_Y 4294967294 299"],
      read: TaskID.init(message:), write: \.description),
    codec(
      "iteration", thousands: 100, ["train 55", "a -1", "run-1.x_Y 4294967294"],
      read: IterationID.init(message:), write: \.description),
    codec(
      "result", thousands: 200, Examples.results,
      read: { EvaluationResult(text: $0, observationSize: 3) }, write: \.text),
    codec(
      "search-record", thousands: 50, [Examples.record], read: SearchRecord.init(text:),
      write: \.text),
    codec(
      "history", thousands: 50, [Examples.history], read: HistoryEntry.init(line:),
      write: \.line),
    text(
      "dead-task", thousands: 50,
      ["train 55 14 lost 5 times, last by evaluator-1", "a 0 0 lost 2 times, last by unknown"]
    ) { line in
      guard let task = DeadTask(line: line, standing: .lost).task else { return .rejected }
      let reason = DeadTask(line: line, standing: .lost).reason
      return "\(task) \(reason)" == line ? .stillValid : .accepted("does not read back")
    },
    text("controller-base64", thousands: 30, ["AAECAwQFBgc=", "/+8="]) { text in
      guard let bytes = Data(base64Encoded: text) else { return .rejected }
      return (try? ControllerKind.restore(checkpoint: Array(bytes))) == nil
        ? .stillValid : .accepted("restores a controller from nothing")
    },
  ]

  static let hashes: [FuzzTarget] = [
    codec(
      "weights", thousands: 100, [Examples.text(Examples.weights.fields(Examples.configuration))],
      read: { try? WeightsSnapshot(Examples.fields($0), Examples.configuration) },
      write: { Examples.text($0.fields(Examples.configuration)) }),
    codec(
      "masked-weights", thousands: 60,
      [Examples.text(Examples.maskedWeights.fields(Examples.maskedConfiguration))],
      read: { try? WeightsSnapshot(Examples.fields($0), Examples.maskedConfiguration) },
      write: { Examples.text($0.fields(Examples.maskedConfiguration)) }),
    codec(
      "configuration", thousands: 50, Examples.configurations.map { Examples.text($0.fields) },
      read: { try? RunConfiguration(Examples.fields($0)) }, write: { Examples.text($0.fields) }),
    codec(
      "partition", thousands: 100, [Examples.partition.text],
      read: { Partition(text: $0, edgeCount: 8, classCount: 3) }, write: \.text),
    codec(
      "wide-partition", thousands: 60, ["00011z..10", "..........", "0a0b0c0d0e"],
      read: { Partition(text: $0, edgeCount: 5, classCount: 100) }, write: \.text),
    codec(
      "rewards", thousands: 100, ["-,1.5,-3,-", "0,-1e10,-,2"],
      read: { try? PartitionBatch.rewards(of: [PartitionBatch.rewardsField: $0], count: 4) },
      write: { PartitionBatch.rewards($0)[PartitionBatch.rewardsField] ?? "" }),
  ]

  static let url = text(
    "redis-url", thousands: 50,
    [
      "redis://user:p%40ss@redis.example:6379/2", "unix:///tmp/redis.sock", "redis://[::1]:7000",
    ]
  ) { text in
    guard let url = try? RedisURL(text, environment: [:]) else { return .rejected }
    guard case .tcp(let host, let port) = url.endpoint else { return .stillValid }
    return !host.isEmpty && (1...65535).contains(port) ? .stillValid : .accepted("\(url)")
  }
}
