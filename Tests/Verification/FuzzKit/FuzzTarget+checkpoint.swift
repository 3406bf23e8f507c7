import ArchitectureSearch

/// The controllers' binary checkpoints, sealed again after most of the damage.
extension FuzzTarget {
  static let checkpoints: [FuzzTarget] = ControllerKind.allCases.map { kind in
    var settings = ControllerSettings()
    settings.hiddenWidth = 8
    settings.attentionWidth = 8
    let controller = kind.make(edgeCount: 8, classCount: 3, seed: 1, settings: settings)
    return FuzzTarget(
      "checkpoint-\(kind.rawValue)", thousands: 30, examples: [controller.checkpoint()],
      finish: { mutator, bytes in if mutator.below(8) > 0 { seal(&bytes) } },
      judge: judgeCheckpoint)
  }

  private static func judgeCheckpoint(_ bytes: [UInt8]) -> Verdict {
    guard let controller = try? ControllerKind.restore(checkpoint: bytes) else { return .rejected }
    let written = controller.checkpoint()
    guard let again = try? ControllerKind.restore(checkpoint: written),
      again.checkpoint() == written
    else { return .accepted("does not read back") }
    guard controller.edgeCount == 8, controller.classCount == 3 else { return .stillValid }
    let proposal = controller.proposal()
    return proposal.edgeCount == 8 && proposal.classCount == 3
      ? .stillValid : .accepted("proposes \(proposal.edgeCount) edges")
  }

  /// FNV-1a, 64 bits.
  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// Writes the checksum, 64-bit FNV-1a, over all but the last eight bytes.
  private static func seal(_ bytes: inout [UInt8]) {
    guard bytes.count > 8 else { return }
    let sum = checksum(bytes.dropLast(8))
    let start = bytes.count - 8
    for byte in 0..<8 { bytes[start + byte] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * byte)) }
  }
}
