import Foundation
import Synchronization

/// What comes from the near side of a link, on all its connections.
final class Traffic: Sendable {
  private let state = Mutex(State())

  private struct State {
    var blocks = 0
    var faults: [(text: [UInt8], strike: @Sendable () -> Void)] = []
  }

  /// Blocks so far.
  var blocks: Int { state.withLock { $0.blocks } }

  /// Calls `strike` once, when `text` comes within one block and before that is passed on.
  func strike(at text: String, _ strike: @escaping @Sendable () -> Void) {
    state.withLock { $0.faults.append((Array(text.utf8), strike)) }
  }

  fileprivate func comes(_ block: ArraySlice<UInt8>) {
    let due = state.withLock { state in
      state.blocks += 1
      let end = state.faults.partition { block.firstRange(of: $0.text) != nil }
      defer { state.faults.removeSubrange(end...) }
      return state.faults[end...].map(\.strike)
    }
    for strike in due { strike() }
  }
}

/// One connection through a link: a thread for each direction passes on what comes.
final class Wire: Sendable {
  private let near: Int32
  private let far: Int32
  private let state: Mutex<State>
  private let traffic: Traffic

  private struct State {
    var isSilent: Bool
    var delay: Double
    /// Threads that still use the sockets.
    var threads = 2
  }

  init(_ near: Int32, _ far: Int32, isSilent: Bool, delay: Double, traffic: Traffic) {
    self.traffic = traffic
    self.near = near
    self.far = far
    state = Mutex(State(isSilent: isSilent, delay: delay))
  }

  func start() {
    for (source, target) in [(near, far), (far, near)] {
      Thread.detachNewThread { [self] in
        pass(from: source, to: target)
        end()
      }
    }
  }

  func silence() { state.withLock { $0.isSilent = true } }

  func delay(by seconds: Double) { state.withLock { $0.delay = seconds } }

  /// Ends the connection: the near side sees a reset, or the end of the stream.
  func cut(abruptly: Bool) {
    state.withLock { state in
      guard state.threads > 0 else { return }
      if abruptly {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
          near, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
      }
      wake()
    }
  }

  private func pass(from source: Int32, to target: Int32) {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = recv(source, &block, block.count, 0), count > 0 {
      if source == near { traffic.comes(block[..<count]) }
      let (isSilent, delay) = state.withLock { ($0.isSilent, $0.delay) }
      if isSilent { continue }
      if delay > 0 { Thread.sleep(forTimeInterval: delay) }
      var sent = 0
      while sent < count {
        let part = send(target, Array(block[sent..<count]), count - sent, Int32(MSG_NOSIGNAL))
        guard part > 0 else { return }
        sent += part
      }
    }
  }

  /// Lets both threads come back from `recv` without a word to either side.
  private func wake() {
    shutdown(near, Int32(SHUT_RD))
    shutdown(far, Int32(SHUT_RD))
  }

  private func end() {
    state.withLock { state in
      wake()
      state.threads -= 1
      guard state.threads == 0 else { return }
      close(near)
      close(far)
    }
  }
}
