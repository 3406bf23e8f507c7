import Foundation
import Spawning

/// A Python process that runs a script with a socket to this process as its descriptor 3.
///
/// It leads a process group of its own, so that Ctrl-C in a terminal does not reach it, and holds the
/// end of another socket as descriptor 4 by which it learns that this process is gone. It ends with its owner.
final class PythonProcess {
  /// This process's end of the socket.
  let socket: Descriptor
  /// What it writes to standard output and standard error.
  let errors: ErrorTail
  private let lifeline: Descriptor
  private let identifier: pid_t
  /// What `end` found, once it was called.
  private var ending: ChildEnding??

  /// Starts `interpreter` with the script's text and its arguments.
  init(
    _ interpreter: PythonInterpreter, script: String, arguments: [String]
  ) throws(BridgeProblem) {
    let (ours, theirs) = try Descriptor.socketPair()
    let (errors, output) = try Descriptor.pipe()
    let (lifeline, theirLifeline) = try Descriptor.socketPair()
    let python = DetachedCommand(
      [interpreter.program, "-c", script] + arguments, variables: interpreter.variables,
      descriptors: [
        .file("/dev/null", flags: O_RDONLY), .copy(of: output.number), .copy(of: output.number),
        .copy(of: theirs.number), .copy(of: theirLifeline.number),
      ])
    do throws(SpawnFailure) {
      // The child's ends are closed here only once it has them.
      identifier = try withExtendedLifetime((theirs, output, theirLifeline), python.spawn)
    } catch {
      throw interpreter.problem(error)
    }
    self.errors = ErrorTail(errors)
    self.lifeline = lifeline
    socket = ours
  }

  deinit { _ = end(grace: 1) }

  /// How the process ended, after waiting `grace` seconds for it to end by
  /// itself and then making it and all that it started end; nil if somebody else took note of it.
  func end(grace: Double) -> ChildEnding? {
    if let ending { return ending }
    shutdown(socket.number, Int32(SHUT_RDWR))
    let deadline = Deadline(seconds: grace)
    while errors.descriptor >= 0, !deadline.isOver {
      // The standard error of a process that ended is closed.
      var waiting = pollfd(fd: errors.descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, deadline.milliseconds) > 0 { errors.drain() }
    }
    kill(-identifier, SIGKILL)
    let ending = reap()
    self.ending = ending
    return ending
  }

  private func reap() -> ChildEnding? {
    var status: Int32 = 0
    var found = waitpid(identifier, &status, 0)
    while found < 0, errno == EINTR { found = waitpid(identifier, &status, 0) }
    return found == identifier ? ChildEnding(status: status) : nil
  }
}
