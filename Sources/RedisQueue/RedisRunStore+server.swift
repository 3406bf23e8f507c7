import RunQueue

/// What the server itself can take.
extension RedisRunStore {
  /// Throws `.cannotWrite` if the server's last write to its append-only file failed.
  ///
  /// Such a server answers reads, so that whoever only watches would wait for ever.
  public func checkWritable() throws(StoreError) {
    guard case .bytes(let bytes) = try send(["INFO", "persistence"]) else { return }
    if String(decoding: bytes, as: UTF8.self).contains("aof_last_write_status:err") {
      throw .cannotWrite(
        "Redis at \(url) cannot write its append-only file: is the disk full? Make room, then go on"
      )
    }
  }

  /// Ends every wait for a message on the server at once, as if its time were over.
  ///
  /// For a server that one tool has to itself: services that it stops need not sit their waits out.
  public func endWaits() throws(StoreError) {
    guard case .bytes(let bytes) = try send(["CLIENT", "LIST", "TYPE", "normal"]) else { return }
    for client in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = client.split(separator: " ")
      guard let id = words.first(where: { $0.hasPrefix("id=") })?.dropFirst(3),
        words.contains(where: { $0.hasPrefix("flags=") && $0.contains("b") })
      else { continue }
      _ = try send(["CLIENT", "UNBLOCK", String(id)])
    }
  }

  /// Throws `overLimit` unless the server has room for a run of `footprint` beside all others.
  ///
  /// Counts what the runs in progress will need at most, whether they hold it by now or not.
  ///
  /// - Parameters:
  ///   - footprint: what the run needs at most.
  ///   - others: the footprint of a run with that configuration; nil if it is damaged, since that run will
  ///     fail.
  public func checkMemory(
    for footprint: MemoryFootprint, others: (Fields) -> MemoryFootprint?
  ) throws(StoreError) {
    guard footprint.batch <= limits.effectBytes else {
      throw .overLimit(
        "a batch of partitions would have \(footprint.batch) bytes, at most \(limits.effectBytes) are "
          + "taken: use fewer --perturbations or a smaller policy")
    }
    let memory = try memory()
    guard let capacity = memory.capacity else { return }
    let reserved = try reservedBytes(others) + footprint.total
    let needed = max(reserved, memory.used + footprint.total)
    let room = Int(Double(capacity) * limits.memoryShare)
    guard needed > room else { return }
    throw .overLimit(
      "this run may need \(Self.megabytes(footprint.total)), with all other runs "
        + "\(Self.megabytes(needed)), and \(url) has \(room / 1_000_000) MB for runs: raise maxmemory, "
        + "'chromatic forget' runs that are over, or use fewer --perturbations")
  }

  /// What the runs in progress need at most.
  private func reservedBytes(
    _ footprint: (Fields) -> MemoryFootprint?
  ) throws(StoreError) -> Int {
    let going = try runs().filter { !$0.value.isOver }.keys.sorted()
    let commands = going.map { ["HGETALL", keys.hash(.config, of: $0)] }
    return try replies(to: commands).reduce(0) { sum, reply in
      sum + ((try? reply.fields(at: "config")).flatMap(footprint)?.total ?? 0)
    }
  }

  /// The replies to commands that are sent at once, some hundreds at a time; an error is a reply only
  /// where it is about the command's own key.
  private func replies(to commands: [[String]]) throws(StoreError) -> [RedisReply] {
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

  /// Bytes in use, and `maxmemory` or where that is not set the machine's memory; nil if not told.
  private func memory() throws(StoreError) -> (used: Int, capacity: Int?) {
    let info: ServerInfo
    do {
      info = ServerInfo(try send(["INFO", "memory"]).text(at: "INFO memory"))
    } catch {
      // `condition` says that nothing could be checked.
      guard case .refused = error else { throw error }
      return (0, nil)
    }
    let limit = info.number("maxmemory") ?? 0
    return (info.number("used_memory") ?? 0, limit > 0 ? limit : info.number("total_system_memory"))
  }

  private static func megabytes(_ bytes: Int) -> String { "\((bytes + 999_999) / 1_000_000) MB" }
}
