import Testing

@testable import ArchitectureSearch

@Suite struct CheckpointTests {
  @Test(arguments: ControllerKind.allCases)
  func `a checkpoint cut short or with one byte changed is refused`(kind: ControllerKind) {
    let bytes = ControllerTests.trained(kind).checkpoint()
    let stride = max(1, bytes.count / 60)
    for position in Swift.stride(from: 0, to: bytes.count, by: stride) {
      #expect(throws: CheckpointError.self) {
        try ControllerKind.restore(checkpoint: Array(bytes[..<position]))
      }
      var changed = bytes
      changed[position] ^= 0x40
      #expect(throws: CheckpointError.self) { try ControllerKind.restore(checkpoint: changed) }
    }
    #expect(throws: CheckpointError.self) { try ControllerKind.restore(checkpoint: bytes + [0]) }
  }

  /// The checksum cannot help against bytes that were written wrong: the fields are checked too.
  @Test(arguments: ControllerKind.allCases)
  func `a field changed under a valid checksum never traps`(kind: ControllerKind) throws {
    let bytes = ControllerTests.trained(kind).checkpoint()
    var refused = 0
    for position in 0..<min(bytes.count - 8, 400) {
      for value in [UInt8(0), 0xff] {
        var changed = Array(bytes.dropLast(8))
        changed[position] = value
        let sum = CheckpointWriter.checksum(changed[...])
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
          changed.append(UInt8(truncatingIfNeeded: sum >> shift))
        }
        do throws(CheckpointError) {
          _ = try ControllerKind.restore(checkpoint: changed).sample(count: 1, seed: 0, step: 0)
        } catch {
          refused += 1
        }
      }
    }
    #expect(refused > 60)
  }

  @Test func `an error says in one line what was found`() {
    let error = #expect(throws: CheckpointError.self) {
      try ControllerKind.restore(checkpoint: [1, 2, 3])
    }
    #expect(error?.code == .notACheckpoint)
    #expect(error?.description.contains("\n") == false)
  }
}
