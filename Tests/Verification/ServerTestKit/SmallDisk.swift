import Foundation

/// A file system of its own size over a directory; needs root.
package final class SmallDisk {
  /// Whether this process may mount one.
  package static let isPossible: Bool = {
    guard let directory = try? TestDirectory(),
      let disk = try? SmallDisk(at: directory.path, kilobytes: 64)
    else { return false }
    disk.unmount()
    return true
  }()

  private let path: String

  package init(at path: String, kilobytes: Int) throws {
    self.path = path
    let failed = mount("tmpfs", path, "tmpfs", 0, "size=\(kilobytes)k,mode=0700")
    guard failed == 0 else { throw POSIXError(.EPERM) }
  }

  /// Writes until nothing fits any more.
  package func fill() throws {
    let file = open("\(path)/filling", O_WRONLY | O_CREAT, 0o600)
    defer { close(file) }
    let block = [UInt8](repeating: 1, count: 4096)
    while write(file, block, block.count) > 0 {}
  }

  package func empty() throws { unlink("\(path)/filling") }

  package func unmount() { umount2(path, Int32(MNT_DETACH)) }
}
