import RunQueue

/// All runs at once; documented in `ViewerStore`.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RedisRunStore {
  public func records(checkpoint fields: [String]) throws(StoreError) -> [RunRecord] {
    let listed = try send(["HGETALL", keys.runs]).fields(at: keys.runs).sorted { $0.key < $1.key }
    let known = listed.compactMap { RunID($0.key) }
    let commands = known.flatMap { run in
      [
        ["HGETALL", keys.hash(.config, of: run)], ["HGETALL", keys.hash(.state, of: run)],
        ["HGET", keys.failures(of: run), "last"],
        fields.isEmpty ? [] : ["HMGET", keys.hash(.checkpoint, of: run)] + fields,
      ].filter { !$0.isEmpty }
    }
    let replies = try replies(to: commands)
    let count = fields.isEmpty ? 3 : 4
    var found: [String: RunRecord] = [:]
    for (position, run) in known.enumerated() {
      found[run.name] = record(of: run, Array(replies[position * count..<(position + 1) * count]))
    }
    return listed.map { name, phase in
      var record = found[name] ?? RunRecord(name: name)
      if found[name] == nil {
        record.damage = .damaged(key: keys.runs, reason: "'\(name)' is no name of a run")
      } else if RunPhase(rawValue: phase) == nil {
        record.damage = .damaged(
          key: keys.runs, reason: "'\(name)' stands as '\(phase)', which is no phase")
      }
      return record
    }
  }

  /// The replies to commands that are sent at once, some hundreds at a time; an error is a reply only
  /// where it is about the command's own key.
  func replies(to commands: [[String]]) throws(StoreError) -> [RedisReply] {
    var replies: [RedisReply] = []
    for start in stride(from: 0, to: commands.count, by: Self.pipelined) {
      let part = Array(commands[start..<min(start + Self.pipelined, commands.count)])
      replies += try pool.withConnection { (connection) throws(StoreError) in
        try connection.send(all: part)
      }
    }
    return replies
  }

  /// Commands that are sent at once.
  private static let pipelined = 750

  private func record(of run: RunID, _ replies: [RedisReply]) -> RunRecord {
    var record = RunRecord(name: run.name)
    do throws(StoreError) {
      record.config = try fields(replies[0], keys.hash(.config, of: run))
      record.state = try fields(replies[1], keys.hash(.state, of: run))
      try check(replies[2], keys.failures(of: run))
      record.lastFailure = try replies[2].optionalText(at: keys.failures(of: run))
      guard replies.count > 3 else { return record }
      let key = keys.hash(.checkpoint, of: run)
      try check(replies[3], key)
      for value in try replies[3].elements(at: key) {
        record.checkpoint.append(try value.optionalText(at: key))
      }
    } catch {
      record.damage = error
    }
    return record
  }

  private func fields(_ reply: RedisReply, _ key: String) throws(StoreError) -> Fields {
    try check(reply, key)
    return try reply.fields(at: key)
  }

  private func check(_ reply: RedisReply, _ key: String) throws(StoreError) {
    if case .error(let line) = reply { throw StoreError(serverLine: line, server: url, key: key) }
  }
}
