import RedisQueue
import RunQueue

/// A requirement of the protocol `Store`, called where it has all of its work to do.
struct RoleCall<Store>: Sendable {
  /// The requirement, as `commit(_:of:by:)`.
  let name: String
  /// Sets up what the call works on.
  let prepare: @Sendable (RoleStage) throws -> Void
  /// Makes the call; whether it did its work.
  let perform: @Sendable (Store, RoleStage) throws -> Bool

  init(
    _ name: String,
    after prepare: @escaping @Sendable (RoleStage) throws -> Void = { _ in },
    _ perform: @escaping @Sendable (Store, RoleStage) throws -> Bool
  ) {
    self.name = name
    self.prepare = prepare
    self.perform = perform
  }

  /// The same call on a store of a type that conforms.
  func on<Other>(_ upcast: @escaping @Sendable (Other) -> Store) -> RoleCall<Other> {
    RoleCall<Other>(name, after: prepare) { store, stage in
      try perform(upcast(store), stage)
    }
  }
}

/// The calls of one protocol.
struct ProtocolCalls: Sendable {
  /// The protocol's name.
  let name: String
  /// A call for each requirement of its own.
  let calls: [RoleCall<RedisRunStore>]

  init<Store>(
    _ calls: [RoleCall<Store>], _ upcast: @escaping @Sendable (RedisRunStore) -> Store
  ) {
    name = "\(Store.self)".split(separator: " ").last.map(String.init) ?? ""
    self.calls = calls.map { $0.on(upcast) }
  }

  /// Every protocol with requirements, each call typed by it.
  static let all = [
    ProtocolCalls(RunReaderCalls.all) { $0 as any RunReader },
    ProtocolCalls(RunListerCalls.all) { $0 as any RunLister },
    ProtocolCalls(QueueObserverCalls.all) { $0 as any QueueObserver },
    ProtocolCalls(ViewerCalls.all) { $0 as any ViewerStore },
    ProtocolCalls(DashboardCalls.all) { $0 as any DashboardStore },
    ProtocolCalls(LeaderCalls.all) { $0 as any LeaderStore },
    ProtocolCalls(EvaluatorCalls.all) { $0 as any EvaluatorStore },
    ProtocolCalls(AggregatorCalls.all) { $0 as any AggregatorStore },
    ProtocolCalls(ControllerCalls.all) { $0 as any ControllerStore },
    ProtocolCalls(OperatorCalls.all) { $0 as any OperatorStore },
  ]
}
