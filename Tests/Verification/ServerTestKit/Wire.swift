import Foundation
import Synchronization

/// Counts blocks on several threads.
final class BlockCount: Sendable {
  let value = Mutex(0)
}

/// One connection through a link: a thread for each direction passes on what comes.
final class Wire: Sendable {
  private let near: Int32
  private let far: Int32
  private let state: Mutex<State>
  private let requests: BlockCount

  private struct State {
    var isSilent: Bool
    var delay: Double
    /// Threads that still use the sockets.
    var threads = 2
  }

  init(_ near: Int32, _ far: Int32, isSilent: Bool, delay: Double, count: BlockCount) {
    requests = count
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
      if source == near { requests.value.withLock { $0 += 1 } }
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
