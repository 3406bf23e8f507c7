import Foundation
import LocalRing
import ServerTestKit
import Testing

/// What `-o` and its like find at the path they are given: what is no regular file stays what it is.
@Suite struct OutputFileTests {
  private static let policy =
    URL(filePath: #filePath).appending(path: "../../../docs/results/policies/Swimmer-v5-2.json")
    .standardized.path
  private static let export = ["export", policy, "--format", "c", "-o"]

  private let directory: TestDirectory

  init() throws { directory = try TestDirectory() }

  private func path(_ name: String) -> String { "\(directory.path)/\(name)" }

  /// What stands at a path, no link followed.
  private func kind(_ path: String) throws -> FileAttributeType? {
    try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
  }

  private func source() async throws -> String {
    try await Tool.output(Self.export + [path("policy.c")])
    return try String(contentsOfFile: path("policy.c"), encoding: .utf8)
  }

  @Test func `a device stays one`() async throws {
    try await Tool.output(Self.export + ["/dev/null"])
    #expect(try kind("/dev/null") == .typeCharacterSpecial)
    try await Tool.run(Self.export + ["/dev/full"])
      .expectComplaint("/dev/full cannot be written: No space left on device", code: 74)
    #expect(try kind("/dev/full") == .typeCharacterSpecial)
  }

  @Test func `a pipe gets what is written and stays one`() async throws {
    #expect(mkfifo(path("pipe"), 0o600) == 0)
    let reader = try ServiceProcess(
      "bash", arguments: ["-c", "cat \(path("pipe")) > \(path("read"))"], log: path("log"),
      executablesIn: "/bin")
    try await Tool.output(Self.export + [path("pipe")])
    _ = try await eventually("the reader's end") { reader.ending }
    let source = try await source()
    #expect(try String(contentsOfFile: path("read"), encoding: .utf8) == source)
    #expect(try kind(path("pipe")) != .typeRegular)
    #expect(mkfifo(path("film.gif"), 0o600) == 0)
    try await Tool.run(["render", Self.policy, "--steps", "1", "-o", path("film.gif")])
      .expectComplaint("expected a file, no device or pipe", code: 74)
  }

  @Test func `a link leads to the file, which keeps its permissions`() async throws {
    try Data("old".utf8).write(to: URL(filePath: path("file")))
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path("file"))
    let source = try await source()
    for (link, target) in [("link", "file"), ("new", "made"), ("further", "link")] {
      try FileManager.default.createSymbolicLink(
        atPath: path(link), withDestinationPath: target)
      try await Tool.output(Self.export + [path(link)])
      #expect(try kind(path(link)) == .typeSymbolicLink)
      #expect(try String(contentsOfFile: path(link), encoding: .utf8) == source, "\(link)")
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: path("file"))
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(try kind(path("made")) == .typeRegular)
    try FileManager.default.createSymbolicLink(
      atPath: path("round"), withDestinationPath: "round")
    try await Tool.run(Self.export + [path("round")])
      .expectComplaint("/round cannot be written: Too many levels of symbolic links", code: 74)
  }

  @Test func `standard output named as a file has the file, then what is said`() async throws {
    let said = try await Tool.output(Self.export + ["/dev/stdout"])
    let source = try await source()
    #expect(said.hasPrefix(source))
    #expect(said.split(separator: "\n").last?.hasPrefix("/dev/stdout  74 bytes") == true, "\(said)")
  }
}
