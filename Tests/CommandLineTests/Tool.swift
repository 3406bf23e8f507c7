import Foundation
import LocalRing
import ServerTestKit
import Spawning
import Testing

/// One of the built executables at work, started as a user starts it; killed when the value goes.
final class Tool: Sendable {
  /// The directory of the executables: the test bundle stands beside them.
  static let products: String = {
    let bundle = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return ((bundle ?? "") as NSString).deletingLastPathComponent
  }()

  let executable: String
  private let directory: TestDirectory
  private let process: ServiceProcess

  /// Starts the executable `name`; it sees none of this process's `CHROMATIC_` variables.
  init(
    _ arguments: [String], name: String = "chromatic", environment: [String: String] = [:]
  ) throws {
    executable = "\(Self.products)/\(name)"
    directory = try TestDirectory()
    let settings = ProcessInfo.processInfo.environment.keys.filter {
      $0.hasPrefix("CHROMATIC_") && environment[$0] == nil
    }
    let start = """
      out=$1 err=$2; shift 2; exec /usr/bin/env \(settings.map { "-u \($0)" }.joined(separator: " ")) \
      "$@" >"$out" 2>"$err"
      """
    process = try ServiceProcess(
      "sh",
      arguments: ["-c", start, "sh", "\(directory.path)/out", "\(directory.path)/err", executable]
        + arguments,
      environment: environment, log: "\(directory.path)/log", executablesIn: "/bin")
  }

  deinit { process.stop(grace: 0) }

  var identifier: pid_t { process.processIdentifier }

  /// What it has written to standard output.
  var output: String { text(of: "out") }

  /// What it has written to standard error.
  var errors: String { text(of: "err") }

  /// The lines by which it explains a failure.
  var complaints: [Substring] {
    let name = (executable as NSString).lastPathComponent
    return errors.split(separator: "\n").filter { $0.hasPrefix("\(name): ") }
  }

  /// How it has ended.
  func ending(within seconds: Double = 240) async throws -> ChildEnding {
    do {
      return try await eventually("the end of \(executable)", within: seconds) { process.ending }
    } catch {
      throw NotInTime(description: "\(error); it said: \(errors.suffix(1000))")
    }
  }

  /// The first line of standard error that contains `text`.
  func errorLine(containing text: String, within seconds: Double = 60) async throws -> String {
    try await eventually("'\(text)' from \(executable)", within: seconds) {
      errors.split(separator: "\n").first { $0.contains(text) }.map(String.init)
    }
  }

  /// The same for what must be answered within seconds: it keeps its thread, so that other tests
  /// cannot hold it up.
  func errorLineAtOnce(containing text: String) throws -> String {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if let line = errors.split(separator: "\n").first(where: { $0.contains(text) }) {
        return String(line)
      }
      usleep(10_000)
    }
    throw NotInTime(description: "'\(text)' from \(executable); it said: \(errors.suffix(1000))")
  }

  func send(signal: Int32) {
    if process.ending == nil { kill(identifier, signal) }
  }

  /// The end of a command that is expected to come by itself.
  static func run(
    _ arguments: [String], name: String = "chromatic", environment: [String: String] = [:]
  ) async throws -> Tool {
    let tool = try Tool(arguments, name: name, environment: environment)
    _ = try await tool.ending()
    return tool
  }

  /// The output of a command that has to succeed.
  @discardableResult
  static func output(
    _ arguments: [String], environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    let tool = try await run(arguments, environment: environment)
    let ending = try await tool.ending()
    #expect(
      ending == .exited(code: 0), "\(arguments): \(tool.errors)", sourceLocation: sourceLocation)
    return tool.output
  }

  /// Expects the tool to have ended with `code` and one line that contains `text`.
  func expectComplaint(
    _ text: String, code: Int32, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let ending = try await ending()
    #expect(ending == .exited(code: code), "\(errors)", sourceLocation: sourceLocation)
    #expect(complaints.count == 1, "\(errors)", sourceLocation: sourceLocation)
    #expect(
      complaints.first?.contains(text) == true, "\(errors)", sourceLocation: sourceLocation)
  }

  private func text(of file: String) -> String {
    let data = FileManager.default.contents(atPath: "\(directory.path)/\(file)") ?? Data()
    return String(decoding: data, as: UTF8.self)
  }
}
