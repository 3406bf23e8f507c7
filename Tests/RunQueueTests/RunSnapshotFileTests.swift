import Foundation
import RunQueue
import Testing

/// A checkpoint file gives back what was written, or says in one line why it cannot.
@Suite struct RunSnapshotFileTests {
  static let snapshot = RunSnapshot(
    name: "a",
    hashes: [
      .state: ["phase": "running", "iteration": "1", "expected": "3", "message": ""],
      .config: ["note": "ö \u{1} \"x\"\n"], .weights: ["shared": "-0.25,1e-300"],
    ], returns: [0: "return=1", 2: "failed lost"], history: ["{}", "{\"mean\":1}"])

  private func problem(of data: Data) -> String {
    do {
      return "read: \(try RunSnapshotFile.decode(data))"
    } catch { return error.description }
  }

  @Test func `a snapshot reads back, and gives the same bytes again`() throws {
    let data = RunSnapshotFile.encode(Self.snapshot)
    let read = try RunSnapshotFile.decode(data)
    #expect(read == Self.snapshot)
    #expect(RunSnapshotFile.encode(read) == data)
    #expect(try read.position() == .init(phase: .running, iteration: 1, expected: 3))
  }

  @Test func `a file cut short at any byte is refused`() throws {
    let data = RunSnapshotFile.encode(Self.snapshot)
    for length in 0..<data.count {
      let line = problem(of: data.prefix(length))
      #expect(line.hasPrefix("it is cut short") || line.hasPrefix("expected a file"), "\(length)")
    }
  }

  @Test func `a file with any byte of its snapshot changed is refused`() throws {
    let data = RunSnapshotFile.encode(Self.snapshot)
    let body = try #require(data.firstIndex(of: UInt8(ascii: "\n"))) + 1
    for position in body..<data.count - 1 {
      var changed = data
      changed[position] ^= 1
      #expect(problem(of: changed).hasPrefix("its checksum is wrong"), "\(position)")
    }
  }

  @Test func `a key that stands twice is named, in the header and in the snapshot`() throws {
    let text = String(decoding: RunSnapshotFile.encode(Self.snapshot), as: UTF8.self)
    let header = text.replacing(
      "\"version\":1", with: "\"version\":1,\"version\":1", maxReplacements: 1)
    #expect(problem(of: Data(header.utf8)).hasPrefix("key 'version' stands twice in one object"))
    // FNV-1a of the body, as the header states it, so that only the key is wrong.
    let body = text.split(separator: "\n")[1].replacing(
      "\"phase\":", with: "\"phase\":\"x\",\"phase\":")
    let hash = body.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    let sealed =
      "{\"bytes\":\(body.utf8.count),\"checksum\":\"\(String(hash, radix: 16))\","
      + "\"format\":\"chromatic run\",\"version\":1}\n\(body)\n"
    let line = problem(of: Data(sealed.utf8))
    #expect(line.contains("phase' stands twice in one object"), "\(line)")
  }

  @Test func `a newer version and other files are told apart`() throws {
    let text = String(decoding: RunSnapshotFile.encode(Self.snapshot), as: UTF8.self)
    let newer = text.replacing("\"version\":1", with: "\"version\":2", maxReplacements: 1)
    #expect(
      problem(of: Data(newer.utf8))
        == "it has format version 2, this build reads 1: restore it with the chromatic that wrote it"
    )
    for other in ["", "\n", "{}\n{}\n", "chromatic"] {
      #expect(
        problem(of: Data(other.utf8)) == "expected a file that 'chromatic checkpoint' wrote")
    }
  }
}
