import Foundation

/// The number of the case that runs, in a file that outlives the process which writes it.
struct CaseMark {
  private let descriptor: Int32

  /// The mark in the file at `path`, which is made if it is not there.
  init(path: String) throws(POSIXError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }

  /// The number written last, nil before the first.
  var number: Int? {
    var number = 0
    let size = MemoryLayout<Int>.size
    return pread(descriptor, &number, size, 0) == size ? number : nil
  }

  /// Writes `number` over the one before.
  func set(_ number: Int) {
    var number = number
    pwrite(descriptor, &number, MemoryLayout<Int>.size, 0)
  }
}
