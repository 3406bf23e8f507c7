import Foundation

/// Bytes to and from a Python process, each within a time limit; after a problem it has ended.
final class PythonStream {
  private let process: PythonProcess
  private var chunk = [UInt8](repeating: 0, count: 65_536)

  /// The stream to `process`.
  init(_ process: PythonProcess) { self.process = process }

  /// Sends all of `bytes` before the deadline.
  func send(_ bytes: [UInt8], until deadline: Deadline) throws(BridgeProblem) {
    var rest = bytes[...]
    while !rest.isEmpty {
      try wait(for: POLLOUT, until: deadline)
      let flags = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
      let count = rest.withUnsafeBytes {
        Foundation.send(process.socket.number, $0.baseAddress, $0.count, flags)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count == 0 || !Self.isPassing(errno) {
        throw ended()
      }
    }
  }

  /// Lets the process know that no more bytes come.
  func finishSending() { shutdown(process.socket.number, Int32(SHUT_WR)) }

  /// Appends what comes next to `received`; false if the process has closed its end.
  func receive(into received: inout [UInt8], until deadline: Deadline) throws(BridgeProblem) -> Bool
  {
    while true {
      try wait(for: POLLIN, until: deadline)
      let count = recv(process.socket.number, &chunk, chunk.count, Int32(MSG_DONTWAIT))
      if count > 0 { received += chunk.prefix(count) }
      if count >= 0 { return count > 0 }
      guard Self.isPassing(errno) else { throw ended() }
    }
  }

  /// A problem together with the last line that the process wrote.
  func problem(_ reason: String) -> BridgeProblem {
    BridgeProblem(process.errors.lastLine.map { "\(reason); its last line was: \($0)" } ?? reason)
  }

  /// That the process ended, and how.
  func ended() -> BridgeProblem {
    let ending = process.end(grace: 1).map(\.description) ?? "an unknown exit code"
    return problem("its Python process ended (\(ending))")
  }

  private static func isPassing(_ code: Int32) -> Bool { [EAGAIN, EINTR].contains(code) }

  /// Waits until the socket is ready for `event` or closed.
  private func wait(for event: Int32, until deadline: Deadline) throws(BridgeProblem) {
    while !deadline.isOver {
      var waiting = [
        pollfd(fd: process.socket.number, events: Int16(event), revents: 0),
        pollfd(fd: process.errors.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&waiting, 2, deadline.milliseconds)
      if waiting[1].revents != 0 { process.errors.drain() }
      if waiting[0].revents != 0 { return }
    }
    _ = process.end(grace: 0)
    throw problem("it did not answer within \(deadline.seconds) s")
  }
}
