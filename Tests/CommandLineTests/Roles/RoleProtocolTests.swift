import RedisQueue
import RunQueue
import Testing

/// A role's protocol and its user's rules say the same: all that the protocol asks is allowed, and of
/// what other protocols ask just the calls that need nothing else.
@Suite struct RoleProtocolTests {
  typealias Role = GuardedServer.Role

  /// The roles that open a queue, each with its protocol.
  static let protocols: [Role: String] = [
    .controller: "ControllerStore", .aggregator: "AggregatorStore", .evaluator: "EvaluatorStore",
    .operator: "OperatorStore", .viewer: "DashboardStore",
  ]
  static let roles = Role.allCases.filter { protocols[$0] != nil }

  /// The calls of the role's protocol, inherited ones included, or all others.
  private func calls(of role: Role, are own: Bool) throws -> [RoleCall<RedisRunStore>] {
    let names = try StoreProtocols().closure(of: #require(Self.protocols[role]))
    return ProtocolCalls.all.filter { names.contains($0.name) == own }.flatMap(\.calls)
  }

  private func open(_ server: GuardedServer, as role: Role) throws -> RedisRunStore {
    let url = try RedisURL(server.url(as: role), environment: server.environment(as: role))
    return try RedisRunStore(url: url, keys: #require(QueueKeys(queue: "default")))
  }

  /// Makes a call on a queue of its own; nil if the server refused it, else whether it did its work.
  private func outcome(
    of call: RoleCall<RedisRunStore>, on store: RedisRunStore, _ stage: RoleStage
  ) throws -> Bool? {
    try stage.clear()
    try call.prepare(stage)
    do {
      return try call.perform(store, stage)
    } catch StoreError.refused {
      return nil
    }
  }

  @Test(arguments: roles, ["7.0", "6.2"])
  func `a role's user may make every call of its protocol`(
    role: Role, version: String
  ) async throws {
    let server = try await GuardedServer(rulesFor: version, with: RoleStage.user)
    let stage = try RoleStage(on: server)
    let store = try open(server, as: role)
    for call in try calls(of: role, are: true) {
      #expect(try outcome(of: call, on: store, stage) == true, "\(role): \(call.name)")
    }
  }

  @Test(arguments: roles)
  func `of other protocols' calls it may make just those that need no more than its own`(
    role: Role
  ) async throws {
    let server = try await GuardedServer(with: RoleStage.user)
    let stage = try RoleStage(on: server)
    let store = try open(server, as: role)
    var allowed: Set<String> = []
    for call in try calls(of: role, are: false) {
      if try outcome(of: call, on: store, stage) != nil { allowed.insert(call.name) }
    }
    let stated = RoleRules.reaches(role)
    #expect(allowed.subtracting(stated).sorted() == [], "\(role) may do more than stated")
    #expect(stated.subtracting(allowed).sorted() == [], "\(role) may do less than stated")
  }

  @Test func `an autoscaler cannot even open a queue`() async throws {
    let server = try await GuardedServer()
    #expect(throws: StoreError.self) { try open(server, as: .autoscaler) }
  }

  @Test func `every requirement of every protocol is tried once`() throws {
    let declared = try StoreProtocols().declarations.mapValues(\.requirements)
      .filter { !$0.value.isEmpty }
    let tried = ProtocolCalls.all.map { ($0.name, $0.calls.map(\.name)) }
    #expect(Set(declared.keys) == Set(tried.map(\.0)))
    for (name, calls) in tried {
      #expect(calls.sorted() == declared[name]?.sorted(), "\(name)")
    }
  }
}
