import Foundation

/// A file system of its own size over a directory; needs root.
final class SmallDisk {
  /// Whether this process may mount one.
  static let isPossible: Bool = {
    guard let directory = try? TestDirectory(),
      let disk = try? SmallDisk(at: directory.path, kilobytes: 64)
    else { return false }
    disk.unmount()
    return true
  }()

  private let path: String

  init(at path: String, kilobytes: Int) throws {
    self.path = path
    let failed = mount("tmpfs", path, "tmpfs", 0, "size=\(kilobytes)k,mode=0700")
    guard failed == 0 else { throw POSIXError(.EPERM) }
  }

  /// Writes until nothing fits any more.
  func fill() throws {
    let file = open("\(path)/filling", O_WRONLY | O_CREAT, 0o600)
    defer { close(file) }
    let block = [UInt8](repeating: 1, count: 4096)
    while write(file, block, block.count) > 0 {}
  }

  func empty() throws { unlink("\(path)/filling") }

  func unmount() { umount2(path, Int32(MNT_DETACH)) }
}
