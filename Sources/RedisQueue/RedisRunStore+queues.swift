import RunQueue

/// What other queues the server has.
extension RedisRunStore {
  /// The names of the queues of which the server, or any node of its cluster, holds a key.
  ///
  /// Goes through all keys with SCAN, which no user of `make-users` may but the administrator: then
  /// throws `.refused`.
  public func queueNames() throws(StoreError) -> [String] {
    let nodes = try pool.withConnection { (connection) throws(StoreError) in
      connection.isClusterNode ? connection.clusterNodes() : []
    }
    var names: Set<String> = []
    if nodes.isEmpty {
      try pool.withConnection { (connection) throws(StoreError) in
        try Self.scan(connection, into: &names)
      }
    }
    for node in nodes {
      try Self.scan(RedisConnection(to: url.at(node)), into: &names)
    }
    return names.sorted()
  }

  private static func scan(
    _ connection: RedisConnection, into names: inout Set<String>
  ) throws(StoreError) {
    var cursor = "0"
    repeat {
      let reply = try connection.send(
        ["SCAN", cursor, "MATCH", "\(QueueKeys.start){*}:*", "COUNT", "1000"])
      let parts = try reply.elements(at: "SCAN")
      guard parts.count == 2 else {
        throw .incompatible("SCAN returned what this version does not know")
      }
      cursor = try parts[0].text(at: "SCAN")
      for key in try parts[1].elements(at: "SCAN") {
        guard let text = try? key.text(at: "SCAN"), let name = QueueKeys.queue(of: text) else {
          continue
        }
        names.insert(name)
      }
    } while cursor != "0"
  }
}
