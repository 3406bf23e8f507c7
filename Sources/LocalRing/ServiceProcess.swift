import Foundation
import Spawning

/// One of the ring's services as a child process of the tool.
///
/// It runs in a process group of its own, so Ctrl-C does not reach it; when the tool ends in any way
/// without stopping it, the kernel kills it. All methods block; they may be called from any thread.
public final class ServiceProcess: Sendable {
  /// The executable's name, such as `chromatic-evaluator`.
  public let name: String
  /// The file that holds its output.
  public let log: String
  private let process: ChildProcess

  /// Starts the executable `name`.
  ///
  /// - Parameters:
  ///   - name: of the executable.
  ///   - arguments: those behind its name.
  ///   - environment: added to this process's environment; the place for a password.
  ///   - log: the file that its output is appended to.
  ///   - directory: where the executable stands; beside the running one if nil.
  ///   - onEnd: called once, on a thread of its own, when the process has ended.
  public init(
    _ name: String, arguments: [String], environment: [String: String] = [:], log: String,
    executablesIn directory: String? = nil, onEnd: (@Sendable (ChildEnding) -> Void)? = nil
  ) throws(LocalRingError) {
    self.name = name
    self.log = log
    let program = "\(directory ?? Program.ownDirectory())/\(name)"
    guard access(program, X_OK) == 0 else {
      throw .missingProgram(program, remedy: "'make build' builds all executables side by side")
    }
    guard access((log as NSString).deletingLastPathComponent, W_OK) == 0 else {
      throw .unusableDirectory(log, reason: "the log cannot be written there")
    }
    process = try ChildProcess(
      ChildCommand(
        program: program, arguments: arguments, environment: environment, log: log,
        deathSignal: "KILL"),
      onEnd: onEnd)
  }

  /// The path of the executable `name` beside the running one, or nil if it is not there.
  public static func executable(_ name: String) -> String? {
    let path = "\(Program.ownDirectory())/\(name)"
    return access(path, X_OK) == 0 ? path : nil
  }

  /// The process identifier.
  public var processIdentifier: Int32 { process.identifier }

  /// How the process ended, or nil while it runs.
  public var ending: ChildEnding? { process.wait(upTo: 0) }

  /// How the process ended, after waiting up to `seconds` for it; nil while it runs.
  public func wait(upTo seconds: Double) -> ChildEnding? { process.wait(upTo: seconds) }

  /// The last line of its log.
  public var lastLogLine: String? { LogFile(path: log).lastLine }

  /// Asks the service to end (SIGTERM) without waiting for it.
  public func terminate() { process.send(signal: SIGTERM) }

  /// Asks the service to end and waits; kills it after `grace` seconds.
  @discardableResult
  public func stop(grace: Double = 10) -> ChildEnding { process.stop(grace: grace) }
}
