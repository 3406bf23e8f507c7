import RedisQueue
import Testing

/// Nodes of one cluster of which the first has all slots but the queue's, which the second has.
struct RedisCluster {
  let nodes: [PlainServer]
  /// The slot of the queue `default`.
  let slot: Int

  /// Starts the nodes and joins them; those behind the second are replicas of it.
  init(nodes count: Int = 2) async throws {
    var nodes: [PlainServer] = []
    for _ in 0..<count {
      nodes.append(
        try await PlainServer([
          "cluster-enabled": "yes", "cluster-require-full-coverage": "no",
          "cluster-node-timeout": "2000",
        ]))
    }
    self.nodes = nodes
    slot = try #require(Int(nodes[0].text("CLUSTER", "KEYSLOT", "{default}")))
    for range in [(0, slot - 1), (slot + 1, 16383)] {
      try nodes[0].send("CLUSTER", "ADDSLOTSRANGE", "\(range.0)", "\(range.1)")
    }
    try nodes[1].send("CLUSTER", "ADDSLOTS", "\(slot)")
    for (epoch, node) in nodes.enumerated() {
      try node.send("CLUSTER", "SET-CONFIG-EPOCH", "\(epoch + 1)")
    }
    for node in nodes.dropFirst() {
      try nodes[0].send("CLUSTER", "MEET", "127.0.0.1", "\(node.port)")
    }
    let owner = try id(of: 1)
    for replica in nodes.dropFirst(2) {
      try await eventually("a node that knows the owner") {
        try replica.text("CLUSTER", "NODES").contains(owner) ? true : nil
      }
      try replica.send("CLUSTER", "REPLICATE", owner)
    }
    try await eventually("a cluster that agrees") {
      try nodes.allSatisfy { node in
        let slots = try node.text("CLUSTER", "NODES")
        return try slots.contains("\(id(of: 1)) ") && slots.contains(" \(slot)\n")
          && slots.split(separator: "\n").count == count
          && node.text("CLUSTER", "INFO").contains("cluster_state:ok")
      } ? true : nil
    }
  }

  /// A node's name in the cluster.
  func id(of node: Int) throws -> String { try nodes[node].text("CLUSTER", "MYID") }

  /// Moves the queue's slot with all its keys from the second node to the first.
  func moveSlot() throws {
    let (source, target) = (nodes[1], nodes[0])
    let (from, to) = (try id(of: 1), try id(of: 0))
    try target.send("CLUSTER", "SETSLOT", "\(slot)", "IMPORTING", from)
    try source.send("CLUSTER", "SETSLOT", "\(slot)", "MIGRATING", to)
    let reply = try source.send("CLUSTER", "GETKEYSINSLOT", "\(slot)", "1000")
    guard case .array(let keys) = reply else { return }
    let names = keys.compactMap { key in
      if case .bytes(let bytes) = key { String(decoding: bytes, as: UTF8.self) } else { nil }
    }
    for name in names {
      try source.send("MIGRATE", "127.0.0.1", "\(target.port)", name, "0", "5000")
    }
    try target.send("CLUSTER", "SETSLOT", "\(slot)", "NODE", to)
    // Without a slot of its own the source becomes a replica, at the latest when it hears of it.
    _ = try? source.send("CLUSTER", "SETSLOT", "\(slot)", "NODE", to)
  }
}
