import Foundation
import Spawning

/// A command that runs as a child process in a process group of its own.
///
/// Ctrl-C in the terminal does not reach it. When this process ends in any way, `kill -9` included,
/// the kernel sends the child `deathSignal`.
struct ChildCommand: Sendable {
  /// Absolute path of the program.
  var program: String
  /// Its arguments without its name.
  var arguments: [String]
  /// Added to this process's environment.
  var environment: [String: String] = [:]
  /// The file that its output is appended to.
  var log: String
  /// The signal it gets when this process ends, as `TERM`.
  var deathSignal: String

  /// Starts the command and returns its process identifier.
  func spawn() throws(LocalRingError) -> pid_t {
    let setpriv = try Program.find(
      "setpriv", remedy: "it is part of util-linux: apt-get install util-linux")
    let child = DetachedCommand(
      [setpriv, "--pdeathsig", deathSignal, program] + arguments,
      variables: ProcessInfo.processInfo.environment.merging(environment) { $1 },
      descriptors: [
        .file("/dev/null", flags: O_RDONLY),
        .file(log, flags: O_WRONLY | O_CREAT | O_APPEND), .copy(of: 1),
      ])
    let started = SpawningThread.shared.run { Result(catching: child.spawn) }
    do throws(SpawnFailure) {
      return try started.get()
    } catch {
      throw .startFailed(program, reason: error.description)
    }
  }
}
