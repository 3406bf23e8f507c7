import Foundation

/// A program to be started as a child that leads a process group of its own, so that Ctrl-C in a
/// terminal does not reach it, with every signal at its default and none blocked.
package struct DetachedCommand: Sendable {
  /// What one of the child's descriptors is.
  package enum Input: Sendable {
    /// The file at a path, opened with these flags; one that is made is for its owner alone.
    case file(String, flags: Int32)
    /// A copy of a descriptor of this process, or of one that stands before it in the child.
    case copy(of: Int32)
  }

  /// The program, a path or a name to be found in `PATH`, and its arguments.
  let words: [String]
  /// Its whole environment.
  let variables: [String: String]
  /// Its descriptors from 0 on; it has no others.
  let descriptors: [Input]

  /// The command `words` with that environment and those descriptors.
  package init(_ words: [String], variables: [String: String], descriptors: [Input]) {
    self.words = words
    self.variables = variables
    self.descriptors = descriptors
  }

  /// Starts it and returns its process identifier.
  package func spawn() throws(SpawnFailure) -> pid_t {
    var actions = fileActions()
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = Self.attributes()
    defer { posix_spawnattr_destroy(&attributes) }
    var identifier: pid_t = 0
    let failure = Self.withCStrings(words) { arguments in
      Self.withCStrings(variables.map { "\($0)=\($1)" }) { variables in
        posix_spawnp(&identifier, words[0], &actions, &attributes, arguments, variables)
      }
    }
    guard failure == 0 else { throw SpawnFailure(code: failure) }
    return identifier
  }

  private func fileActions() -> posix_spawn_file_actions_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    for (position, input) in descriptors.enumerated() {
      let number = Int32(position)
      switch input {
      case .file(let path, let flags):
        posix_spawn_file_actions_addopen(&actions, number, path, flags, 0o600)
      case .copy(let source): posix_spawn_file_actions_adddup2(&actions, source, number)
      }
    }
    // A file that this process holds must not stay open in a child, where its end would go unseen.
    for inherited in Self.openDescriptors() where inherited >= descriptors.count {
      posix_spawn_file_actions_addclose(&actions, inherited)
    }
    return actions
  }

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

/// Why a child process was not started, as the system says it.
package struct SpawnFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The number of the error.
  package let code: Int32

  /// The error in words.
  package var description: String { String(cString: strerror(code)) }
}
