import Foundation
import LocalRing
import ServerTestKit
import Testing

/// Programs under limits of the system, as a shell sets them.
@Suite struct ProcessorTests {
  private let directory: TestDirectory

  init() throws { directory = try TestDirectory() }

  /// A shell that runs `command`, in which `$BIN` is the directory of the programs; its log.
  private func shell(_ command: String) throws -> ServiceProcess {
    try ServiceProcess(
      "sh", arguments: ["-c", "BIN='\(Tool.products)'; \(command)"], log: "\(directory.path)/log",
      executablesIn: "/bin")
  }

  private func log() -> String {
    (try? String(contentsOfFile: "\(directory.path)/log", encoding: .utf8)) ?? ""
  }

  @Test func `slots for which the system gives no threads are refused in one line`() async throws {
    // A thread takes 8 MiB of addresses, so that 1,024 of them are beyond any such limit.
    let process = try shell(
      "ulimit -v 6000000; exec $BIN/chromatic-evaluator --slots 1024 --redis redis://127.0.0.1:1")
    let ending = try await eventually("the evaluator's end", within: 30) { process.ending }
    #expect(ending == .exited(code: 64), "\(log())")
    #expect(
      log().contains("chromatic-evaluator: --slots is 1024, but the system gives this process"))
    #expect(log().split(separator: "\n").count == 1, "\(log())")
  }

  @Test(arguments: ["controller", "aggregator", "evaluator"])
  func `a service that gets no thread at all says so and ends`(name: String) async throws {
    // The limit does not hold for root.
    let process = try shell(
      """
      set -- prlimit --nproc=2 $BIN/chromatic-\(name) --redis redis://127.0.0.1:1
      [ $(id -u) = 0 ] && set -- setpriv --reuid 65534 --clear-groups "$@"
      exec "$@"
      """)
    let ending = try await eventually("a refusal", within: 30) { process.ending }
    #expect(ending == .exited(code: 69), "\(log())")
    #expect(log().contains("chromatic-\(name): the system gives this process no more threads"))
  }

  @Test func `processors outside the affinity mask do not count`() async throws {
    let process = try shell("taskset -c 0 $BIN/chromatic doctor")
    _ = try await eventually("the doctor's end", within: 60) { process.ending }
    #expect(log().contains("processors: 1 of "), "\(log())")
  }

  @Test func `an evaluator has a slot for every processor it may use`() async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    let evaluator = try shell(
      "unset CHROMATIC_SLOTS; exec taskset -c 0 $BIN/chromatic-evaluator --redis \(queue.url)")
    defer { evaluator.stop() }
    let store = try queue.openStore()
    let status = try await eventually("a heartbeat", within: 30) {
      try store.overview().evaluators.first?.status
    }
    #expect(status.contains("\"slots\":1,"), "\(status)")
  }
}
