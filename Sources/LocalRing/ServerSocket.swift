import Foundation
import RedisQueue

/// Where the private server of a directory listens.
///
/// The socket stands in the directory, or in a short temporary directory of this user when its path
/// would be too long for a socket. The file `redis.socket` in the directory holds the path.
struct ServerSocket: Sendable, Hashable {
  let path: String
  private let record: String
  private let temporaryDirectory: String?

  /// The path that the directory's record names, of an earlier server.
  static func recorded(in directory: String) -> String? {
    let text = try? String(contentsOfFile: "\(directory)/redis.socket", encoding: .utf8)
    return text?.split(whereSeparator: \.isNewline).first.map(String.init)
  }

  /// Chooses a path and records it.
  init(in directory: String) throws(LocalRingError) {
    record = "\(directory)/redis.socket"
    let near = "\(directory)/redis.sock"
    if near.utf8.count <= RedisURL.longestSocketPath {
      temporaryDirectory = nil
      path = near
    } else {
      let short = try Self.makeTemporaryDirectory()
      temporaryDirectory = short
      path = "\(short)/redis.sock"
    }
    do {
      try Data("\(path)\n".utf8).write(to: URL(fileURLWithPath: record), options: .atomic)
    } catch {
      throw .unusableDirectory(directory, reason: error.localizedDescription)
    }
  }

  /// Removes the record, the socket and the temporary directory.
  func remove() {
    unlink(record)
    Self.remove(path)
    if let temporaryDirectory { rmdir(temporaryDirectory) }
  }

  /// Removes a socket, and its directory if that is one of ours.
  ///
  /// A file of another kind stays: the path may come from a record that somebody else wrote.
  static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return }
    unlink(path)
    let parent = (path as NSString).deletingLastPathComponent
    if parent.hasPrefix(temporaryPrefix) { rmdir(parent) }
  }

  private static let temporaryPrefix = "/tmp/chromatic-"

  /// A new directory that only this user can enter.
  private static func makeTemporaryDirectory() throws(LocalRingError) -> String {
    var template = Array("\(temporaryPrefix)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw .unusableDirectory("/tmp", reason: String(cString: strerror(errno)))
    }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
