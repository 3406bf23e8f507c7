import RunQueue

/// All at once; documented in `DashboardStore`.
extension RedisRunStore: DashboardStore {
  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
  public func look(_ known: [KnownRun], lines: Int) throws(StoreError) -> QueueLook {
    let roles = LeaderRole.allCases.map(\.rawValue)
    let fields = Self.policyFields
    let reply = try reply(
      of: .look,
      keys: [
        keys.tasks, keys.results, keys.updates, keys.dead, keys.leases, keys.evaluators,
        keys.leaders, keys.runs,
      ],
      [keys.runPrefix, String(lines), String(roles.count)] + roles + [String(fields.count)] + fields
        + known.flatMap { [$0.name, $0.stamp, String($0.lines)] })
    let parts = try reply.elements(at: "script look")
    guard parts.count >= 5 else {
      throw .incompatible("script look returned \(parts.count) lists, 5 are the least")
    }
    let head = try parts[0].texts(at: "script look")
    guard head.count == 8, let now = Double(head[5]), now.isFinite else {
      throw .incompatible("script look returned a head that this version does not know")
    }
    var damage = try damage(parts[4])
    let overview = try overview(
      head, leaders: parts[1].texts(at: keys.leaders),
      evaluators: evaluators(parts[2], now: now, damage: &damage))
    var runs: [RunLook] = []
    for part in parts.dropFirst(5) { runs.append(try run(part.elements(at: keys.runs))) }
    return QueueLook(
      overview: overview, firstTask: head[6].isEmpty ? nil : head[6],
      busy: try parts[3].fields(at: keys.leases).compactMapValues { Int($0) },
      server: head[7].isEmpty
        ? ServerFigures(concerns: ServerCondition(untold: url).concerns)
        : ServerFigures(ServerInfo(head[7]), of: url),
      damage: damage,
      runs: runs.sorted { $0.name < $1.name })
  }

  /// The fields of a checkpoint that hold the policy a run ended with, else the best one so far.
  private static let policyFields = ["policy", "finalist:0"]

  private func overview(
    _ head: [String], leaders: [String], evaluators: [QueueOverview.Evaluator]
  ) throws(StoreError) -> QueueOverview {
    let lengths = head.prefix(5).compactMap { Int($0) }
    guard lengths.count == 5, leaders.count == LeaderRole.allCases.count else {
      throw .incompatible("script look returned lengths that this version does not know")
    }
    let leading = zip(LeaderRole.allCases, leaders).filter { !$0.1.isEmpty }
    return QueueOverview(
      pending: lengths[0], leased: lengths[4], results: lengths[1], updates: lengths[2],
      dead: lengths[3], evaluators: evaluators,
      leaders: Dictionary(uniqueKeysWithValues: leading))
  }

  /// The evaluators by name; one whose heartbeat is damaged is named as damage and left out.
  private func evaluators(
    _ reply: RedisReply, now: Double, damage: inout [StoreError]
  ) throws(StoreError) -> [QueueOverview.Evaluator] {
    var found: [QueueOverview.Evaluator] = []
    let texts = try reply.elements(at: keys.evaluators)
    for position in stride(from: 0, to: texts.count - 1, by: 2) {
      do throws(StoreError) {
        let (name, heartbeat) = try (
          texts[position].text(at: keys.evaluators), texts[position + 1].text(at: keys.evaluators)
        )
        found.append(try evaluator(name, heartbeat: heartbeat, now: now))
      } catch {
        damage.append(error)
      }
    }
    return found.sorted { $0.name < $1.name }
  }

  private func damage(_ reply: RedisReply) throws(StoreError) -> [StoreError] {
    try reply.fields(at: "script look").sorted { $0.key < $1.key }
      .map { .damaged(key: $0.key, reason: $0.value) }
  }

  private func run(_ parts: [RedisReply]) throws(StoreError) -> RunLook {
    guard parts.count >= 7 else {
      throw .incompatible("script look returned a run that this version does not know")
    }
    let name: String
    var record: RunRecord
    do throws(StoreError) {
      name = try parts[0].text(at: keys.runs)
      record = RunRecord(name: name)
      guard RunID(name) != nil else {
        throw .damaged(key: keys.runs, reason: "'\(name)' is no name of a run")
      }
      let phase = try parts[1].text(at: keys.runs)
      guard RunPhase(rawValue: phase) != nil else {
        throw .damaged(
          key: keys.runs, reason: "'\(name)' stands as '\(phase)', which is no phase")
      }
    } catch {
      record = RunRecord(name: Self.shown(parts[0]), damage: error)
      return RunLook(
        name: record.name, stamp: Self.shown(parts[2]), contents: .init(record: record))
    }
    var look = RunLook(name: name, stamp: Self.shown(parts[2]))
    let numbers = parts[3...5].map { Int(Self.shown($0)) ?? 0 }
    (look.delivered, look.retries, look.lineCount) = (numbers[0], numbers[1], numbers[2])
    look.lines = try parts[6].elements(at: keys.runs).map(Self.shown)
    if parts.count > 7 { look.contents = contents(of: record, parts) }
    return look
  }

  private func contents(of record: RunRecord, _ parts: [RedisReply]) -> RunLook.Contents {
    var contents = RunLook.Contents(record: record)
    guard let run = RunID(record.name), parts.count == 13 else { return contents }
    do throws(StoreError) {
      contents.record.config = try parts[7].fields(at: keys.hash(.config, of: run))
      contents.record.state = try parts[8].fields(at: keys.hash(.state, of: run))
      contents.record.lastFailure = try parts[9].optionalText(at: keys.failures(of: run))
      let checkpoint = keys.hash(.checkpoint, of: run)
      for value in try parts[10].elements(at: checkpoint) {
        contents.record.checkpoint.append(try value.optionalText(at: checkpoint))
      }
      contents.lastLine = try parts[11].optionalText(at: keys.history(of: run))
      contents.record.damage = try damage(parts[12]).first
    } catch {
      contents.record.damage = error
    }
    return contents
  }

  /// Text for people and for comparison, whatever bytes it has.
  private static func shown(_ reply: RedisReply) -> String {
    guard case .bytes(let bytes) = reply else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension ServerFigures {
  /// What the server at `url` answers to INFO.
  init(_ info: ServerInfo, of url: RedisURL) {
    self.init(
      memoryUsed: info.number("used_memory"), memoryLimit: info.number("maxmemory"),
      keepsFile: info.number("aof_enabled").map { $0 != 0 },
      lastWriteSucceeded: info["aof_last_write_status"].map { $0 == "ok" },
      concerns: ServerCondition(info, of: url).concerns)
  }
}
