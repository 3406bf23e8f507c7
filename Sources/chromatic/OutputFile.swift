import Foundation
import Programs

/// What commands write by name: files that appear whole or not at all, through links to where these lead;
/// devices, pipes and standard output, which take what is written and stay what they are.
enum OutputFile {
  /// Ends the name of a file that is not whole yet; a killed tool may leave one behind.
  static let partialSuffix = ".partial"

  /// Writes a file through a partial one beside it and a rename, with the permissions that it had.
  static func write(_ data: Data, to path: String) throws(CommandError) {
    let place = try Place(of: path)
    switch place {
    case .file(let target, let mode):
      if mode != nil { try check(target, as: path) }
      let partial = target + partialSuffix
      let flags = O_WRONLY | O_CREAT | O_TRUNC
      guard writeAll(data, to: partial, flags, mode: mode), rename(partial, target) == 0 else {
        let failure = errno
        unlink(partial)
        throw .cannotWrite(path, failure)
      }
    case .stream:
      guard writeAll(data, to: path, O_WRONLY | O_NOCTTY, isOnDisk: false) else {
        throw .cannotWrite(path, errno)
      }
    case .standardOutput:
      do throws(OutputLost) {
        try StandardStreams.write(data)
      } catch {
        throw .cannotWrite("\(path) is standard output: \(error)")
      }
    }
  }

  /// Throws if `path` cannot be written, before the work that fills it is done.
  static func checkWritable(_ path: String) throws(CommandError) {
    switch try Place(of: path) {
    case .file(let target, let mode):
      if mode != nil { try check(target, as: path) }
      try checkWritable(in: (target as NSString).deletingLastPathComponent, as: path)
    case .stream: try check(path, as: path)
    case .standardOutput: break
    }
  }

  /// Where the file at `path` is or will be: there, or where the link at `path` leads. Throws if it is none.
  static func target(of path: String) throws(CommandError) -> String {
    guard case .file(let target, _) = try Place(of: path) else {
      throw .cannotWrite("\(path) cannot be written: expected a file, no device or pipe")
    }
    return target
  }

  /// Throws if two flags name one file, of which the second would replace the first.
  static func checkDistinct(_ named: [(flag: String, path: String?)]) throws(CommandError) {
    var flags: [String: String] = [:]
    for (flag, path) in named {
      guard let path, case .file(let target, _) = try Place(of: path) else { continue }
      let place = URL(fileURLWithPath: target).standardized.path
      if let other = flags[place] {
        throw .usage("\(other) and \(flag) are both \(path), expected two files")
      }
      flags[place] = flag
    }
  }

  private static func check(_ target: String, as path: String) throws(CommandError) {
    guard access(target, W_OK) == 0 else { throw .cannotWrite(path, errno) }
  }

  /// Throws if no file can be made in `directory`, of which the error speaks as `name`.
  static func checkWritable(in directory: String, as name: String? = nil) throws(CommandError) {
    guard access(directory.isEmpty ? "." : directory, W_OK) != 0 else { return }
    throw .cannotWrite(
      "\(name ?? directory) cannot be written: \(String(cString: strerror(errno)))")
  }

  /// Removes the file at `path` if there is one.
  static func remove(_ path: String) throws(CommandError) {
    guard unlink(path) != 0, errno != ENOENT else { return }
    throw .cannotWrite("\(path) cannot be removed: \(String(cString: strerror(errno)))")
  }

  /// Makes the directory at `path` and those above it, where they are missing.
  static func makeDirectory(_ path: String) throws(CommandError) {
    guard mkdir(path, 0o777) != 0 else { return }
    let parent = (path as NSString).deletingLastPathComponent
    if errno == ENOENT, !parent.isEmpty {
      try makeDirectory(parent)
      guard mkdir(path, 0o777) != 0 else { return }
    }
    var isDirectory: ObjCBool = false
    let failure = errno
    guard
      failure != EEXIST || !FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        || !isDirectory.boolValue
    else { return }
    throw .cannotWrite("\(path) cannot be made: \(String(cString: strerror(failure)))")
  }

  /// Whether all of `data` stands in the file at `path`, on the disk; `errno` says why not.
  private static func writeAll(
    _ data: Data, to path: String, _ flags: Int32, mode: mode_t? = nil, isOnDisk: Bool = true
  ) -> Bool {
    let file = open(path, flags | O_CLOEXEC, 0o666)
    guard file >= 0 else { return false }
    let isWritten = data.withUnsafeBytes { bytes in
      if let mode, fchmod(file, mode) != 0 { return false }
      var done = 0
      while done < bytes.count {
        let count = Foundation.write(
          file, bytes.baseAddress?.advanced(by: done), bytes.count - done)
        if count < 0, errno != EINTR { return false }
        done += max(0, count)
      }
      return !isOnDisk || fsync(file) == 0
    }
    let failure = errno
    close(file)
    errno = failure
    return isWritten
  }
}

/// What is to be written under a name.
private enum Place {
  /// A file, links followed, with its permissions if it is there.
  case file(String, mode: mode_t?)
  /// A device, a pipe or a socket.
  case stream
  /// The file that standard output goes to, where a rename would leave what is printed behind.
  case standardOutput

  init(of path: String) throws(CommandError) {
    var path = path
    // As many links as the system follows.
    for _ in 0..<40 {
      var info = Foundation.stat()
      if stat(path, &info) == 0 {
        self = try Self.existing(path, info)
        return
      }
      guard errno == ENOENT, !path.isEmpty else { break }
      guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else {
        self = .file(path, mode: nil)
        return
      }
      let directory = (path as NSString).deletingLastPathComponent
      path = link.hasPrefix("/") ? link : (directory as NSString).appendingPathComponent(link)
    }
    throw .cannotWrite(path.isEmpty ? "a file without a name" : path, errno)
  }

  private static func existing(_ path: String, _ info: stat) throws(CommandError) -> Self {
    switch info.st_mode & S_IFMT {
    case S_IFDIR: throw .cannotWrite(path, EISDIR)
    case S_IFREG:
      var output = Foundation.stat()
      let isOutput =
        fstat(STDOUT_FILENO, &output) == 0 && output.st_dev == info.st_dev
        && output.st_ino == info.st_ino
      if isOutput { return .standardOutput }
      guard let real = realpath(path, nil) else { throw .cannotWrite(path, errno) }
      defer { free(real) }
      return .file(String(cString: real), mode: info.st_mode & 0o7777)
    default: return .stream
    }
  }
}

extension CommandError {
  /// Says that the system does not let `path` be written, and its reason.
  fileprivate static func cannotWrite(_ path: String, _ code: Int32) -> Self {
    .cannotWrite("\(path) cannot be written: \(String(cString: strerror(code)))")
  }
}
