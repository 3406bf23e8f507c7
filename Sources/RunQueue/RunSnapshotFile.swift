import Foundation
import StrictJSON

/// Why a file is no snapshot of a run, in one line.
public struct SnapshotProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was expected, what was found, what to do.
  public let description: String

  init(_ line: String) { description = line }
}

/// A snapshot as a file of two lines of JSON: a header with size and checksum, then the snapshot.
public enum RunSnapshotFile {
  /// The version that this build writes and the newest it reads.
  static let version = 1
  private static let format = "chromatic run"

  private struct Header: Codable {
    var format: String
    var version: Int
    var bytes: Int
    /// FNV-1a, 64 bits, of the second line without its end.
    var checksum: String
  }

  /// The file's bytes; the same snapshot gives the same bytes.
  public static func encode(_ snapshot: RunSnapshot) -> Data {
    let body = json(snapshot)
    let header = Header(
      format: format, version: version, bytes: body.count, checksum: checksum(body))
    return json(header) + Data("\n".utf8) + body + Data("\n".utf8)
  }

  /// The snapshot in a file's bytes, whole and undamaged.
  public static func decode(_ data: Data) throws(SnapshotProblem) -> RunSnapshot {
    let parts = data.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
    try checkKeys(parts.first)
    guard let first = parts.first, let header = try? JSONDecoder().decode(Header.self, from: first),
      header.format == format
    else { throw SnapshotProblem("expected a file that 'chromatic checkpoint' wrote") }
    guard header.version == version else {
      throw SnapshotProblem(
        "it has format version \(header.version), this build reads \(version): "
          + "restore it with the chromatic that wrote it")
    }
    let body = parts.count > 1 ? parts[1].dropLast() : Data()
    guard body.count == header.bytes else {
      throw SnapshotProblem("it is cut short: \(body.count) bytes of \(header.bytes) are there")
    }
    guard checksum(body) == header.checksum else {
      throw SnapshotProblem("its checksum is wrong, the file was changed or damaged")
    }
    try checkKeys(body)
    guard let snapshot = try? JSONDecoder().decode(RunSnapshot.self, from: body) else {
      throw SnapshotProblem("its second line is no snapshot of a run")
    }
    return snapshot
  }

  private static func checkKeys(_ json: Data?) throws(SnapshotProblem) {
    do {
      try StrictJSON.check(json ?? Data())
    } catch {
      throw SnapshotProblem(
        "key '\(error.path)' stands twice in one object: restore the file as written")
    }
  }

  private static func json(_ value: some Encodable) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else {
      preconditionFailure("a snapshot holds whole numbers and text only")
    }
    return data
  }

  /// FNV-1a with 64 bits (Fowler, Noll, Vo); finds every change of a single byte.
  private static func checksum(_ bytes: Data) -> String {
    let hash = bytes.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
