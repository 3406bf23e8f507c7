import Foundation

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
    let words = [setpriv, "--pdeathsig", deathSignal, program] + arguments
    let (identifier, failure) = SpawningThread.shared.run { Self.spawn(words, for: self) }
    guard failure == 0 else {
      throw .startFailed(program, reason: String(cString: strerror(failure)))
    }
    return identifier
  }

  private static func spawn(_ words: [String], for command: ChildCommand) -> (pid_t, Int32) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, command.log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // A file that this process holds must not stay open in a child, where its end would go unseen.
    for descriptor in openDescriptors() where descriptor > 2 {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let environment = ProcessInfo.processInfo.environment.merging(command.environment) { $1 }
    return withCStrings(words) { arguments in
      withCStrings(environment.map { "\($0)=\($1)" }) { variables in
        var identifier: pid_t = 0
        let failure = posix_spawn(
          &identifier, words[0], &actions, &attributes, arguments, variables)
        return (identifier, failure)
      }
    }
  }

  private static func openDescriptors() -> [Int32] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
    return (names ?? []).compactMap { Int32($0) }
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
