import Foundation
import LocalRing
import ServerTestKit
import Testing

@Suite struct ServiceProcessTests {
  private let directory: TestDirectory
  private var log: String { "\(directory.path)/service.log" }

  init() throws { directory = try TestDirectory() }

  private func shell(_ script: String, environment: [String: String] = [:]) throws
    -> ServiceProcess
  {
    try ServiceProcess(
      "sh", arguments: ["-c", script], environment: environment, log: log, executablesIn: "/bin")
  }

  @Test func `a service's output and environment are its own, its ending is known`() throws {
    let service = try shell(
      "echo out $COLOUR; echo last >&2; exit 65", environment: ["COLOUR": "green"])
    #expect(service.wait(upTo: 10) == .exited(code: 65))
    #expect(try String(contentsOfFile: log, encoding: .utf8) == "out green\nlast\n")
    #expect(service.lastLogLine == "last")
    #expect(service.stop() == .exited(code: 65))
  }

  @Test func `a service is asked to end first and killed after its grace`() throws {
    let polite = try shell("trap 'exit 0' TERM; echo up; while :; do sleep 0.01; done")
    try polite.waitForLog("up")
    #expect(polite.stop(grace: 10) == .exited(code: 0))
    let deaf = try shell("trap '' TERM; echo deaf; while :; do sleep 0.01; done")
    try deaf.waitForLog("deaf")
    #expect(deaf.stop(grace: 0.1) == .killed(signal: SIGKILL))
  }

  @Test func `a service has its own process group and leaves with the process that started it`()
    throws
  {
    let service = try shell("echo up; exec sleep 100")
    try service.waitForLog("up")
    #expect(getpgid(service.processIdentifier) == service.processIdentifier)
    #expect(getpgid(0) != service.processIdentifier)
    service.terminate()
    #expect(service.wait(upTo: 10) == .killed(signal: SIGTERM))
  }

  @Test func `a missing executable is named with its remedy`() {
    #expect(
      throws: LocalRingError.missingProgram(
        "\(directory.path)/chromatic-evaluator",
        remedy: "'make build' builds all executables side by side")
    ) {
      _ = try ServiceProcess(
        "chromatic-evaluator", arguments: [], log: log, executablesIn: directory.path)
    }
  }
}

extension ServiceProcess {
  /// Returns when the log ends with `line`.
  fileprivate func waitForLog(_ line: String) throws {
    let deadline = Date(timeIntervalSinceNow: 10)
    while lastLogLine != line, Date() < deadline { _ = poll(nil, 0, 5) }
    try #require(lastLogLine == line)
  }
}
