import Foundation
import Logging

/// One JSON object a line on standard error: time, level, service, message and what they are about.
///
/// `run`, `iteration` and `evaluation` are keys of their own wherever a line is about one: an iteration is
/// logged as `RUN NUMBER` and a task as `RUN NUMBER INDEX`, which people read in one piece.
struct JSONLogHandler: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  private let label: String
  private let write: @Sendable (Data) -> Void

  /// A handler for the service `label`.
  init(
    label: String,
    write: @escaping @Sendable (Data) -> Void = { StandardStreams.tell($0) }
  ) {
    self.label = label
    self.write = write
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var fields = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
    if let subject = fields.removeValue(forKey: "task") ?? fields["iteration"] {
      let parts = subject.split(separator: " ").map(String.init)
      for (key, part) in zip(["run", "iteration", "evaluation"], parts) { fields[key] = part }
    }
    fields["time"] = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    fields["level"] = event.level.rawValue
    fields["service"] = label
    fields["message"] = "\(event.message)"
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard var line = try? encoder.encode(fields) else { return }
    line.append(UInt8(ascii: "\n"))
    write(line)
  }
}
