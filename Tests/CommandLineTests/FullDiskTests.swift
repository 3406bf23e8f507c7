import Foundation
import LocalRing
import ServerTestKit
import Testing

/// A full disk ends `train` with one line, exit code 74; with room made it goes on.
@Suite(.serialized, .enabled(if: SmallDisk.isPossible, "mounting a file system needs root"))
struct FullDiskTests {
  @Test func `a disk full at the start leaves nothing behind`() async throws {
    let directory = try TestDirectory()
    let disk = try SmallDisk(at: directory.path, kilobytes: 256)
    defer { disk.unmount() }
    try disk.fill()
    let output = "\(directory.path)/run"
    let tool = try await Tool.run(SmallRun.pendulum.train(into: output, evaluators: 1))
    try await tool.expectComplaint("cannot be written: No space left on device", code: 74)
    #expect(!FileManager.default.fileExists(atPath: output))
  }

  @Test func `a disk full while training is said, and the run resumes to the same bytes`()
    async throws
  {
    let directory = try TestDirectory()
    let disk = try SmallDisk(at: directory.path, kilobytes: 8192)
    defer { disk.unmount() }
    let ring = try LiveRing(in: directory)
    try await ring.hold(at: .file("history.jsonl"))
    try disk.fill()
    ring.go()
    #expect(try await ring.tool.ending(within: 60) == .exited(code: 74), "\(ring.tool.errors)")
    #expect(ring.tool.complaints.count == 1, "\(ring.tool.errors)")
    #expect(!FileManager.default.fileExists(atPath: "\(ring.output)/policy.json"))
    let kept = try String(contentsOfFile: "\(ring.output)/history.jsonl", encoding: .utf8)
    #expect(kept.hasSuffix("}\n"))
    try disk.empty()
    #expect(try await ring.finish() == SmallRun.reference())
  }
}
