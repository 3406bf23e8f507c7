import Foundation

/// Frames to and from a Python process, each within a time limit; after a problem it has ended.
final class BridgeChannel {
  private let process: PythonProcess
  private var received: [UInt8] = []
  private var chunk = [UInt8](repeating: 0, count: 65_536)

  /// The channel to `process`.
  init(_ process: PythonProcess) { self.process = process }

  /// Sends a frame within `seconds`.
  func send(_ frame: BridgeFrame, within seconds: Double) throws(BridgeProblem) {
    let deadline = Deadline(seconds: seconds)
    var rest = frame.bytes[...]
    while !rest.isEmpty {
      try wait(for: POLLOUT, until: deadline)
      let flags = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
      let count = rest.withUnsafeBytes {
        Foundation.send(process.socket.number, $0.baseAddress, $0.count, flags)
      }
      if try isProgress(count) { rest = rest.dropFirst(count) }
    }
  }

  /// The next frame, which has to be whole within `seconds`.
  func receive(within seconds: Double) throws(BridgeProblem) -> BridgeFrame {
    let deadline = Deadline(seconds: seconds)
    received.removeAll(keepingCapacity: true)
    while true {
      if let frame = try whole() { return frame }
      try wait(for: POLLIN, until: deadline)
      let count = recv(
        process.socket.number, &chunk, chunk.count, Int32(MSG_DONTWAIT))
      if try isProgress(count) { received += chunk.prefix(count) }
    }
  }

  /// The frame in what was received; nil if there is more to come.
  private func whole() throws(BridgeProblem) -> BridgeFrame? {
    guard let size = BridgeFrame.size(of: received) else { return nil }
    guard size <= BridgeFrame.largestSize, received.count <= size else { throw garbled() }
    guard received.count == size else { return nil }
    guard let frame = BridgeFrame(received) else { throw garbled() }
    return frame
  }

  /// Whether bytes went through; throws if none ever will.
  private func isProgress(_ count: Int) throws(BridgeProblem) -> Bool {
    if count > 0 { return true }
    guard count < 0, [EAGAIN, EINTR].contains(errno) else {
      throw problem("its Python process ended (\(process.end(grace: 1)))")
    }
    return false
  }

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

  private func garbled() -> BridgeProblem {
    _ = process.end(grace: 0)
    return problem("its Python process answered with something else than one frame")
  }

  /// A problem together with the last line that the process wrote.
  private func problem(_ reason: String) -> BridgeProblem {
    BridgeProblem(process.errors.lastLine.map { "\(reason); its last line was: \($0)" } ?? reason)
  }
}
