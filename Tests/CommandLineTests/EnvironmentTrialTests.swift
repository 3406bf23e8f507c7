import Foundation
import ServerTestKit
import Testing

/// An environment that cannot be made is refused where the run is asked for.
@Suite struct EnvironmentTrialTests {
  private static let crawler =
    URL(filePath: #filePath).appending(path: "../../../docs/examples/crawler.xml").standardized.path

  @Test(arguments: [
    ("Ant-v5", "main_body=nose", "main_body"),
    ("mjcf:\(crawler)", "body=nose", "body"),
  ])
  func `a wrong body is one line at once, and nothing is submitted`(
    environment: String, option: String, complaint: String
  ) async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    let submit = try await queue.run(
      "submit", environment, "--name", "a", "--env-option", option)
    try await submit.expectComplaint("nose", code: 64)
    #expect(submit.errors.contains(complaint))
    #expect(try queue.openStore().runs().isEmpty)

    let output = "\(queue.directory.path)/run"
    let train = try await Tool.run([
      "train", environment, "--env-option", option, "--output", output,
    ])
    try await train.expectComplaint("nose", code: 64)
    #expect(!train.errors.contains("evaluator"))
  }
}
