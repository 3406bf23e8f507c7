import Foundation
import LocalRing
import ServerTestKit
import Testing

/// Programs whose standard output or standard error takes no more: a full disk (`/dev/full`), or a pipe whose
/// reader has gone.
@Suite struct StandardStreamTests {
  private static let policy =
    URL(filePath: #filePath).appending(path: "../../../docs/results/policies/Swimmer-v5-2.json")
    .standardized.path

  private let directory: TestDirectory

  init() throws { directory = try TestDirectory() }

  /// Runs a line of bash in which `$chromatic` is the tool; what it said and its exit code.
  private func shell(_ line: String) async throws -> (said: String, code: Int32) {
    let log = "\(directory.path)/log"
    let process = try ServiceProcess(
      "bash", arguments: ["-c", "chromatic=\(Tool.products)/chromatic; \(line)"], log: log,
      executablesIn: "/bin")
    let ending = try await eventually("the end of \(line)") { process.ending }
    guard case .exited(let code) = ending else {
      Issue.record("\(line) ended by \(ending)")
      return ("", -1)
    }
    return (try String(contentsOfFile: log, encoding: .utf8), code)
  }

  @Test(arguments: [
    "inspect \(policy)", "evaluate \(policy) --episodes 1 --json", "export \(policy) --format c",
    "cluster \(policy) --partitions 1 --episodes 1 -o /dev/null", "--help", "environments",
  ])
  func `what cannot be written to standard output is said`(command: String) async throws {
    let (said, code) = try await shell("$chromatic \(command) > /dev/full")
    #expect(
      said == "chromatic: standard output cannot be written: No space left on device\n", "\(said)")
    #expect(code == 74)
  }

  @Test func `a mistake that nobody can be told of has its exit code`() async throws {
    #expect(try await shell("$chromatic nonsense 2> /dev/full").code == 64)
    #expect(try await shell("$chromatic inspect /nonexistent 2>&-").code == 65)
  }

  @Test func `a reader that goes away ends the tool without a word`() async throws {
    let (said, code) = try await shell(
      "$chromatic cluster \(Self.policy) --keep 1 --episodes 2 -o \(directory.path)/x | read; exit ${PIPESTATUS[0]}"
    )
    #expect(said == "")
    #expect(code == 141)
    #expect(FileManager.default.fileExists(atPath: "\(directory.path)/x"))
  }

  @Test func `a service whose log is full goes on serving`() async throws {
    let queue = try QueueUnderTest(evaluators: 0)
    let evaluator = try ServiceProcess(
      "bash",
      arguments: [
        "-c",
        "exec \(Tool.products)/chromatic-evaluator --redis \(queue.url) --log-format json 2> /dev/full",
      ], log: "\(directory.path)/log", executablesIn: "/bin")
    defer { evaluator.stop() }
    try await queue.output(
      "submit", "Pendulum-v1", "--name", "a", settings: SmallRun.pendulum.settings)
    try await queue.output("watch", "a")
    #expect(evaluator.ending == nil)
  }

  @Test func `a service that is well is so whoever listens`() async throws {
    let file = "\(directory.path)/health"
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    let service = try queue.start(
      "controller", environment: ["CHROMATIC_HEALTH_FILE": file])
    try await eventually("the health file") {
      FileManager.default.fileExists(atPath: file) ? true : nil
    }
    let asks = "CHROMATIC_HEALTH_FILE=\(file) \(Tool.products)/chromatic-controller --check-health"
    for stream in ["> /dev/full", ">&-", "| true; exit ${PIPESTATUS[0]}"] {
      #expect(try await shell("\(asks) \(stream)").code == 0, "\(stream)")
    }
    #expect(try await shell(asks).said == "at work\n")
    _ = service
  }
}
