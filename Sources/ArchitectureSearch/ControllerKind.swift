import ChromaticPolicy

/// The controllers that the figures compare.
public enum ControllerKind: String, CaseIterable, Codable, Sendable {
  /// Pointer network: LSTM encoder and autoregressive LSTM decoder with attention over classes.
  case pointer
  /// Independent categorical distribution per edge.
  case factorised
  /// Fresh uniform partitions, no learning.
  case random
  /// A population of uniform partitions, drawn once: the paper's Fig. 4.
  case population
  /// Regularised evolution: mutated winners of tournaments, the oldest leave.
  case evolution
  /// One partition, given or drawn once.
  case fixed

  /// A new controller for partitions of `edgeCount` edges into at most `classCount` classes.
  ///
  /// - Parameter given: what a fixed controller proposes; nil for a uniform draw.
  /// - Precondition: counts are positive, `settings.problem` is nil and `given` has these counts.
  public func make(
    edgeCount: Int, classCount: Int, seed: UInt64, settings: ControllerSettings = .init(),
    given: Partition? = nil
  ) -> any PartitionController {
    precondition(edgeCount > 0 && classCount > 0, "a partition needs edges and classes")
    if let problem = settings.problem { preconditionFailure(problem) }
    switch self {
    case .pointer:
      return PointerNetworkController(
        edgeCount: edgeCount, classCount: classCount, seed: seed, settings: settings)
    case .factorised:
      return FactorisedController(
        edgeCount: edgeCount, classCount: classCount, seed: seed, settings: settings)
    case .random:
      return RandomController(edgeCount: edgeCount, classCount: classCount, seed: seed)
    case .population:
      return RandomController(
        edgeCount: edgeCount, classCount: classCount, seed: seed, drawsOnce: true)
    case .evolution:
      return EvolutionController(edgeCount: edgeCount, classCount: classCount, seed: seed)
    case .fixed:
      return FixedController(
        given ?? .uniform(edgeCount: edgeCount, classCount: classCount, seed: seed))
    }
  }

  /// The controller whose `checkpoint()` gave these bytes; it continues bit for bit.
  public static func restore(checkpoint: [UInt8]) throws(CheckpointError)
    -> any PartitionController
  {
    var reader = try CheckpointReader(checkpoint)
    let name = try reader.text()
    guard let kind = ControllerKind(rawValue: name) else {
      throw CheckpointError(code: .invalidField, detail: "unknown controller kind \(name)")
    }
    let restored: any PartitionController
    switch kind {
    case .pointer: restored = try PointerNetworkController(reading: &reader)
    case .factorised: restored = try FactorisedController(reading: &reader)
    case .random: restored = try RandomController(reading: &reader, drawsOnce: false)
    case .population: restored = try RandomController(reading: &reader, drawsOnce: true)
    case .evolution: restored = try EvolutionController(reading: &reader)
    case .fixed: restored = try FixedController(reading: &reader)
    }
    try reader.finish()
    return restored
  }
}
