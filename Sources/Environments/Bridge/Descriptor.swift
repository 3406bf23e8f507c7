import Foundation

/// An open file descriptor, closed with its owner and inherited by no other process.
final class Descriptor {
  let number: Int32

  /// Takes `opened` over, at a number above those that a child process is given.
  private init(moving opened: Int32) throws(BridgeProblem) {
    number = fcntl(opened, F_DUPFD_CLOEXEC, 16)
    let failure = errno
    close(opened)
    guard number >= 0 else { throw Self.problem(failure) }
  }

  deinit {
    if number >= 0 { close(number) }
  }

  /// The two ends of a stream socket.
  static func socketPair() throws(BridgeProblem) -> (Descriptor, Descriptor) {
    var ends: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw problem(errno) }
    return try pair(ends)
  }

  /// The reading and the writing end of a pipe.
  static func pipe() throws(BridgeProblem) -> (reading: Descriptor, writing: Descriptor) {
    var ends: [Int32] = [0, 0]
    guard Foundation.pipe(&ends) == 0 else { throw problem(errno) }
    return try pair(ends)
  }

  private static func pair(_ ends: [Int32]) throws(BridgeProblem) -> (Descriptor, Descriptor) {
    do throws(BridgeProblem) {
      let first = try Descriptor(moving: ends[0])
      return (first, try Descriptor(moving: ends[1]))
    } catch {
      close(ends[1])
      throw error
    }
  }

  private static func problem(_ code: Int32) -> BridgeProblem {
    BridgeProblem("no pipe for its Python process: \(String(cString: strerror(code)))")
  }
}
