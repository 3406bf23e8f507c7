import Dashboard
import Foundation
import Programs

/// What a command tells programs; `docs/schemas` says what stands in it.
enum JSONOutput {
  /// `value` on one line.
  static func text(_ value: some Encodable) throws -> String {
    String(decoding: try ViewText.json(value), as: UTF8.self)
  }

  /// Prints `value` on one line, at once where the output is a pipe, too.
  static func print(_ value: some Encodable) throws {
    try StandardStreams.write(line: text(value))
  }
}
