import Foundation
import ServerTestKit
import Testing

/// What a command prints to be run next can be run as it stands.
@Suite struct QuotingTests {
  @Test func `a path with blanks and quotes is quoted in the next commands`() async throws {
    let directory = try TestDirectory()
    let output = "\(directory.path)/it's a run"
    let printed = try await Tool.output(
      SmallRun.tinyPendulum([]).train(into: output, evaluators: 1))
    let line = try #require(
      printed.split(separator: "\n").first { $0.hasPrefix("  chromatic inspect ") })
    let word = line.dropFirst("  chromatic inspect ".count)
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "test -f \(word)"]
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0, "\(line)")
  }

  @Test func `environments shows sizes under options`() async throws {
    let plain = try await Tool.output(["environments", "Ant-v5"])
    let small = try await Tool.output([
      "environments", "Ant-v5", "--env-option", "include_cfrc_ext_in_observation=false",
    ])
    #expect(!plain.contains("under Ant-v5"))
    #expect(small.contains("under Ant-v5 include_cfrc_ext_in_observation=false"))
    #expect(small.contains("27"))
  }
}
