import Foundation
import LocalRing
import ServerTestKit
import Testing

/// A policy file that cannot be used is named in one line, exit code 65.
@Suite struct PolicyFileMistakeTests {
  private let directory: TestDirectory
  private let path: String

  init() throws {
    directory = try TestDirectory()
    path = "\(directory.path)/policy.json"
  }

  private func expectRefusal(
    _ command: String, _ line: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let tool = try await Tool.run([command, path])
    try await tool.expectComplaint(line, code: 65, sourceLocation: sourceLocation)
    #expect(
      tool.errors.count { $0 == "\n" } == 1, "\(tool.errors)", sourceLocation: sourceLocation)
    #expect(tool.output.isEmpty, sourceLocation: sourceLocation)
  }

  /// Ways to damage the text of a sound policy file.
  static let damages: [(name: String, line: String, damage: @Sendable (String) -> String)] = [
    ("empty", "is no usable policy file: line 1 is no JSON: it ends too early", { _ in "" }),
    ("truncated", "is no usable policy file", { String($0.prefix($0.count / 2)) }),
    ("of another kind", "is no usable policy file", { _ in "[1, 2, 3]" }),
    ("of no text", "is no usable policy file", { "\u{0}\u{1}" + $0 }),
    (
      "of another format", "not a chromatic policy file",
      { $0.replacing("\"chromatic policy\"", with: "\"plain policy\"") }
    ),
    (
      "of a later version", "format version 2, but this program reads version 1",
      { $0.replacing("\"version\" : 1", with: "\"version\" : 2") }
    ),
    (
      "with a key twice", "is no usable policy file: key 'layers.action' stands in lines ",
      { $0.replacing("\"action\" : 1", with: "\"action\" : 1,\n\"action\" : 1") }
    ),
    (
      "with a class too many", "'classes' is",
      { $0.replacing("\"classes\" : 4", with: "\"classes\" : 4000000") }
    ),
    (
      "with absurd layers", "field 'layers' has a size outside 1 to 100000",
      { $0.replacing("\"action\" : 1", with: "\"action\" : 9000000000000000000") }
    ),
    (
      "with a number out of range", "is no usable policy file",
      { $0.replacing("\"action\" : 1", with: "\"action\" : 1e300") }
    ),
  ]

  @Test(arguments: ["evaluate", "inspect"], damages.indices)
  func `a damaged file is named`(command: String, number: Int) async throws {
    let (name, line, damage) = Self.damages[number]
    let sound = String(decoding: try await SmallRun.reference().policy, as: UTF8.self)
    let text = damage(sound)
    try #require(text != sound, "\(name)")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try await expectRefusal(command, line)
  }

  @Test(arguments: ["evaluate", "inspect"])
  func `a file that is not there, or is a directory, is named`(command: String) async throws {
    try await expectRefusal(command, "\(path) cannot be read")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    try await expectRefusal(command, "\(path) ")
  }

  @Test(arguments: [
    ("HalfCheetah-v5", 65, "is a 3-8-1 policy, but HalfCheetah-v5 has 17 observations"),
    ("Moonwalk-v1", 65, "unknown environment \"Moonwalk-v1\""),
  ])
  func `a policy that does not fit its environment is named`(
    environment: String, code: Int32, line: String
  ) async throws {
    let sound = String(decoding: try await SmallRun.reference().policy, as: UTF8.self)
    let text = sound.replacing("Pendulum-v1", with: environment)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let tool = try await Tool.run(["evaluate", path])
    try await tool.expectComplaint(line, code: code)
  }
}
