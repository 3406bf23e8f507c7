import RunQueue

extension RedisConnection {
  /// The nodes of the cluster that this one belongs to; none where it does not tell.
  func clusterNodes() -> [RedisURL.Endpoint] {
    guard let reply = try? exchange(["CLUSTER", "SLOTS"]), case .array(let ranges) = reply else {
      return []
    }
    var nodes: [RedisURL.Endpoint] = []
    for case .array(let range) in ranges {
      for case .array(let parts) in range.dropFirst(2) {
        guard parts.count >= 2, case .integer(let port) = parts[1],
          let node = endpoint(host: (try? parts[0].optionalText(at: "CLUSTER SLOTS")) ?? "", port),
          !nodes.contains(node)
        else { continue }
        nodes.append(node)
      }
    }
    return nodes
  }

  /// Where the error `MOVED <slot> <host>:<port>` sends; nil for any other.
  func redirection(in line: String) -> RedisURL.Endpoint? {
    let words = line.split(separator: " ")
    guard words.count == 3, words[0] == ServerErrorCode.moved.rawValue,
      let colon = words[2].lastIndex(of: ":"),
      let port = Int(words[2][words[2].index(after: colon)...])
    else { return nil }
    return endpoint(host: String(words[2][..<colon]), port)
  }

  /// A node's address; one without a host is where this connection leads.
  private func endpoint(host: String, _ port: Int) -> RedisURL.Endpoint? {
    guard (1...65535).contains(port), host != "?" else { return nil }
    if !host.isEmpty { return .tcp(host: host, port: port) }
    return switch url.endpoint {
    case .tcp(let own, _): .tcp(host: own, port: port)
    case .unix: .tcp(host: "127.0.0.1", port: port)
    }
  }
}
