import Foundation

/// Files that appear whole or not at all.
enum OutputFile {
  /// Ends the name of a file that is not whole yet; a killed tool may leave one behind.
  static let partialSuffix = ".partial"

  /// Writes through a partial file beside `path` and a rename.
  static func write(_ data: Data, to path: String) throws(CommandError) {
    let partial = path + partialSuffix
    guard writeAll(data, to: partial), rename(partial, path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(partial)
      throw .cannotWrite("\(path) cannot be written: \(reason)")
    }
  }

  /// Throws if no file can be made at `path`, before the work that fills it is done.
  static func checkWritable(_ path: String) throws(CommandError) {
    var isDirectory: ObjCBool = false
    guard
      !FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        || !isDirectory.boolValue
    else { throw .cannotWrite("\(path) cannot be written: \(String(cString: strerror(EISDIR)))") }
    try checkWritable(in: (path as NSString).deletingLastPathComponent, as: path)
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
  private static func writeAll(_ data: Data, to path: String) -> Bool {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard file >= 0 else { return false }
    let isWritten = data.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = Foundation.write(
          file, bytes.baseAddress?.advanced(by: done), bytes.count - done)
        if count < 0, errno != EINTR { return false }
        done += max(0, count)
      }
      return fsync(file) == 0
    }
    let failure = errno
    close(file)
    errno = failure
    return isWritten
  }
}
