import Foundation
import RedisQueue
import Synchronization

/// A TCP link to a server on a unix socket that a test can cut, silence and slow down.
package final class FaultyLink: Sendable {
  /// The near end of the link.
  package let url: RedisURL
  private let listener: Int32
  private let state = Mutex(State())

  private struct State {
    var wires: [Wire] = []
    var isSilent = false
    var delay = 0.0
  }

  /// Blocks that came from the near side, on all connections: about one for each round trip.
  package var requests: Int { traffic.blocks }
  private let traffic = Traffic()

  /// A link to the server whose URL is `unix://<path>`, sound until told otherwise.
  package init(to server: RedisURL) throws {
    guard case .unix(let path) = server.endpoint else { throw POSIXError(.EINVAL) }
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listens = Self.withGeneric(&address) { Glibc.bind(listener, $0, size) == 0 }
    guard listens, listen(listener, 64) == 0,
      Self.withGeneric(&address, { getsockname(listener, $0, &size) == 0 })
    else { throw POSIXError(.EADDRINUSE) }
    url = try RedisURL("redis://127.0.0.1:\(UInt16(bigEndian: address.sin_port))")
    Thread.detachNewThread { [weak self] in
      while case let near = accept(listener, nil, nil), near >= 0 {
        guard let far = Self.connect(to: path) else {
          close(near)
          continue
        }
        self?.join(near, far)
      }
      close(listener)
    }
  }

  /// Ends the thread's `accept`, and every connection.
  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    cut(abruptly: true)
  }

  /// Ends every connection, with a reset or in order; new ones may be made at once.
  package func cut(abruptly: Bool) {
    let wires = state.withLock { state in
      defer { state.wires = [] }
      return state.wires
    }
    for wire in wires { wire.cut(abruptly: abruptly) }
  }

  /// Does something to the link when a service first says `text`, before the server hears it.
  ///
  /// A test that looks and then strikes is late on a busy machine: what it meant to disturb is over.
  ///
  /// - Parameter text: what comes in one block, so a part of a short command.
  package func strike(at text: String, _ fault: @escaping @Sendable (FaultyLink) -> Void) {
    traffic.strike(at: text) { [weak self] in
      if let self { fault(self) }
    }
  }

  /// Swallows all that is sent, both ways, on every connection there is and every new one.
  package func silence() {
    state.withLock { state in
      state.isSilent = true
      for wire in state.wires { wire.silence() }
    }
  }

  /// Holds every block back for `seconds`, each way.
  package func slow(by seconds: Double) {
    state.withLock { state in
      state.delay = seconds
      for wire in state.wires { wire.delay(by: seconds) }
    }
  }

  /// Lets new connections through; those that were silenced stay so.
  package func restore() {
    state.withLock { state in
      state.isSilent = false
      state.delay = 0
      for wire in state.wires { wire.delay(by: 0) }
    }
  }

  private func join(_ near: Int32, _ far: Int32) {
    state.withLock { state in
      let wire = Wire(
        near, far, isSilent: state.isSilent, delay: state.delay, traffic: traffic)
      state.wires.append(wire)
      wire.start()
    }
  }

  private static func connect(to path: String) -> Int32? {
    let far = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    if withGeneric(&address, { Glibc.connect(far, $0, size) == 0 }) { return far }
    close(far)
    return nil
  }

  private static func withGeneric<Address, Value>(
    _ address: inout Address, _ body: (UnsafeMutablePointer<sockaddr>) -> Value
  ) -> Value {
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
    }
  }
}
