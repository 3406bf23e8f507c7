import Foundation

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
  private var ending: PythonEnding?

  /// Starts `interpreter` with the script's text and its arguments.
  init(
    _ interpreter: PythonInterpreter, script: String, arguments: [String]
  ) throws(BridgeProblem) {
    let (ours, theirs) = try Descriptor.socketPair()
    let (errors, output) = try Descriptor.pipe()
    let (lifeline, theirLifeline) = try Descriptor.socketPair()
    let words = [interpreter.program, "-c", script] + arguments
    // The child's ends are closed here only once it has them.
    let (identifier, failure) = withExtendedLifetime((theirs, output, theirLifeline)) {
      Self.spawn(
        words, interpreter.variables, output: output.number, socket: theirs.number,
        lifeline: theirLifeline.number)
    }
    guard failure == 0 else { throw interpreter.problem(failure) }
    self.identifier = identifier
    self.errors = ErrorTail(errors)
    self.lifeline = lifeline
    socket = ours
  }

  deinit { _ = end(grace: 1) }

  /// How the process ended, after waiting `grace` seconds for it to end by
  /// itself and then making it and all that it started end.
  func end(grace: Double) -> PythonEnding {
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

  private func reap() -> PythonEnding {
    var status: Int32 = 0
    var found = waitpid(identifier, &status, 0)
    while found < 0, errno == EINTR { found = waitpid(identifier, &status, 0) }
    guard found == identifier else { return .unknown }
    return status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .killed(status & 0x7f)
  }

  private static func spawn(
    _ words: [String], _ variables: [String: String], output: Int32, socket: Int32, lifeline: Int32
  ) -> (pid_t, Int32) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (number, source) in [(1, output), (2, output), (3, socket), (4, lifeline)] {
      posix_spawn_file_actions_adddup2(&actions, source, Int32(number))
    }
    for inherited in Descriptor.open where inherited > 4 {
      posix_spawn_file_actions_addclose(&actions, inherited)
    }
    var attributes = Self.attributes()
    defer { posix_spawnattr_destroy(&attributes) }
    return withCStrings(words) { arguments in
      withCStrings(variables.map { "\($0)=\($1)" }) { variables in
        var identifier: pid_t = 0
        let failure = posix_spawnp(
          &identifier, words[0], &actions, &attributes, arguments, variables)
        return (identifier, failure)
      }
    }
  }

  /// A process group of its own, every signal at its default and none blocked.
  private static func attributes() -> posix_spawnattr_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))
    return attributes
  }

  /// Calls `body` with a null-terminated array of C strings.
  private static func withCStrings<Value>(
    _ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
  ) -> Value {
    let copies = words.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    return body(copies)
  }
}
