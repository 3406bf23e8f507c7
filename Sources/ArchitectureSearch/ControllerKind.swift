/// The controllers that the figures compare.
public enum ControllerKind: String, CaseIterable, Codable, Sendable {
  /// Independent categorical distribution per edge.
  case factorised
  /// Fresh uniform partitions, no learning.
  case random

  /// A new controller for partitions of `edgeCount` edges into at most `classCount` classes.
  ///
  /// - Precondition: counts are positive and `settings.problem` is nil.
  public func make(
    edgeCount: Int, classCount: Int, seed: UInt64, settings: ControllerSettings = .init()
  ) -> any PartitionController {
    precondition(edgeCount > 0 && classCount > 0, "a partition needs edges and classes")
    if let problem = settings.problem { preconditionFailure(problem) }
    switch self {
    case .factorised:
      return FactorisedController(
        edgeCount: edgeCount, classCount: classCount, settings: settings)
    case .random:
      return RandomController(edgeCount: edgeCount, classCount: classCount, seed: seed)
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
    case .factorised: restored = try FactorisedController(reading: &reader)
    case .random: restored = try RandomController(reading: &reader)
    }
    try reader.finish()
    return restored
  }
}
