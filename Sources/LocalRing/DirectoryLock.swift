import Foundation

/// The sole use of a directory by this process; ends with it, however it ends.
final class DirectoryLock: Sendable {
  private let descriptor: Int32

  /// Locks `directory` by its file `ring.lock`.
  init(_ directory: String) throws(LocalRingError) {
    let path = "\(directory)/ring.lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .unusableDirectory(directory, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      // The descriptor is closed by `deinit`, which follows a throw once all properties are set.
      let holder = try? String(contentsOfFile: path, encoding: .utf8)
      throw .directoryInUse(
        directory,
        processIdentifier: holder.flatMap { Int($0.trimmingCharacters(in: .newlines)) })
    }
    ftruncate(descriptor, 0)
    let line = Array("\(getpid())\n".utf8)
    pwrite(descriptor, line, line.count, 0)
  }

  deinit { close(descriptor) }
}
