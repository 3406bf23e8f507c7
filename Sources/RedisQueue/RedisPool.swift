import RunQueue
import Synchronization

/// Connections to one server, one for each thread that is using the store at the moment.
///
/// A connection that broke is not used again: the next call opens another one. Nor is one after an error
/// of the moment or a refusal: where the URL leads may be another server by now. In a cluster the calls
/// go to the node that has the queue's keys, with a Sentinel to the primary that it names.
final class RedisPool: Sendable {
  let url: RedisURL
  private let timeouts: RedisTimeouts
  private let contact: ServerContact
  private let state = Mutex(State())

  private struct State {
    var idle: [RedisConnection] = []
    /// The cluster's node that was last said to have the keys.
    var node: RedisURL.Endpoint?
    /// The cluster's nodes, as far as one of them told.
    var known: [RedisURL.Endpoint] = []
  }

  init(to url: RedisURL, timeouts: RedisTimeouts, contact: ServerContact) {
    self.url = url
    self.timeouts = timeouts
    self.contact = contact
  }

  /// Runs `body` on a connection that nobody else uses meanwhile; again where the keys are said to be.
  ///
  /// - Parameter blocking: seconds that the body's command may wait by itself.
  func withConnection<Value>(
    blocking: Double = 0, _ body: (RedisConnection) throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    try contact.call(blocking: blocking) { () throws(StoreError) in
      for _ in 0..<Self.hops {
        let connection = try openConnection()
        do throws(StoreError) {
          let value = try body(connection)
          if !connection.isBroken { state.withLock { $0.idle.append(connection) } }
          return value
        } catch {
          guard let node = connection.redirection else {
            dispose(of: connection, after: error)
            throw error
          }
          follow(node)
        }
      }
      throw .notReady("\(url) sends from one node to the next: its cluster is being changed")
    }
  }

  /// How often a call is sent on.
  private static let hops = 4

  private func dispose(of connection: RedisConnection, after error: StoreError) {
    var renews = error.isTransient
    if case .refused = error { renews = true }
    let isBroken = connection.isBroken
    state.withLock { state in
      if renews {
        state.idle = []
      } else if !isBroken {
        state.idle.append(connection)
      }
    }
  }

  private func follow(_ node: RedisURL.Endpoint) {
    state.withLock { state in
      state.idle = []
      state.node = node
    }
    contact.notice("the queue is on the cluster's node \(url.at(node))")
  }

  private func openConnection() throws(StoreError) -> RedisConnection {
    while let connection = state.withLock({ $0.idle.popLast() }) {
      if !connection.isBroken { return connection }
    }
    do throws(StoreError) {
      let connection = try connect()
      contact.letIn(by: url)
      return connection
    } catch {
      guard case .refused(let line) = error, contact.mayLetIn(by: url) else { throw error }
      throw .notReady(line)
    }
  }

  private func connect() throws(StoreError) -> RedisConnection {
    if let sentinels = url.sentinels {
      let primary = try sentinels.primary(of: url, timeouts)
      contact.notice("the queue is on \(url.at(primary)), which the Sentinel names")
      return try RedisConnection(to: url.at(primary), timeouts: timeouts)
    }
    return try connectToAny()
  }

  /// A connection to the node that last had the keys, else to the URL's own, else to any of the cluster.
  private func connectToAny() throws(StoreError) -> RedisConnection {
    let (node, known) = state.withLock { ($0.node, $0.known) }
    var targets: [RedisURL.Endpoint] = []
    for target in [node, url.endpoint].compactMap({ $0 }) + known where !targets.contains(target) {
      targets.append(target)
    }
    var failure: StoreError?
    for target in targets {
      do {
        let connection = try RedisConnection(to: url.at(target), timeouts: timeouts)
        if connection.isClusterNode {
          let nodes = connection.clusterNodes()
          state.withLock { if !nodes.isEmpty { $0.known = nodes } }
        }
        return connection
      } catch {
        guard case .unreachable = error, target != targets.last else { throw failure ?? error }
        failure = failure ?? error
      }
    }
    throw failure ?? .unreachable("no Redis at \(url)")
  }
}
