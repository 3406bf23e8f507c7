/// Frames to and from a Python process, each within a time limit; after a problem it has ended.
final class BridgeChannel {
  private let process: PythonProcess
  private let stream: PythonStream
  private var received: [UInt8] = []

  /// The channel to `process`.
  init(_ process: PythonProcess) {
    self.process = process
    stream = PythonStream(process)
  }

  /// Sends a frame within `seconds`.
  func send(_ frame: BridgeFrame, within seconds: Double) throws(BridgeProblem) {
    try stream.send(frame.bytes, until: Deadline(seconds: seconds))
  }

  /// The next frame, which has to be whole within `seconds`.
  func receive(within seconds: Double) throws(BridgeProblem) -> BridgeFrame {
    let deadline = Deadline(seconds: seconds)
    received.removeAll(keepingCapacity: true)
    while true {
      if let frame = try whole() { return frame }
      guard try stream.receive(into: &received, until: deadline) else { throw stream.ended() }
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

  private func garbled() -> BridgeProblem {
    _ = process.end(grace: 0)
    return stream.problem("its Python process answered with something else than one frame")
  }
}
