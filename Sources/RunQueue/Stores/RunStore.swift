/// What the ring keeps between processes: three lists and a few hashes, for all roles together.
///
/// Every mutating call is atomic. Times are the store's own, in seconds. Two implementations exist,
/// `RedisRunStore` and `InMemoryRunStore`; one conformance suite runs against both. A role holds no more
/// than its own protocol.
public protocol RunStore: EvaluatorStore, AggregatorStore, ControllerStore, OperatorStore {}
