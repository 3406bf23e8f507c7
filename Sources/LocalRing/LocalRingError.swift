import RedisQueue
import RunQueue

/// Why a process of the local ring could not be started or taken over.
public enum LocalRingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A program that the ring needs is not on this machine.
  case missingProgram(String, remedy: String)
  /// The ring's directory cannot be used.
  case unusableDirectory(String, reason: String)
  /// Another living tool uses the directory.
  case directoryInUse(String, processIdentifier: Int?)
  /// A process did not start or ended at once; the reason quotes its log.
  case startFailed(String, reason: String)
  /// A server left behind by an earlier tool neither answers nor ends.
  case leftoverServer(socket: String, processIdentifier: Int)
  /// The server that was started cannot be used.
  case server(StoreError)

  /// One line: what is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .missingProgram(let name, let remedy):
      "\(name) is not installed: \(remedy)"
    case .unusableDirectory(let path, let reason):
      "cannot use the directory \(path): \(reason)"
    case .directoryInUse(let path, let process):
      "\(path) is in use by a running chromatic"
        + (process.map { " (process \($0))" } ?? "") + ": wait for it or choose another directory"
    case .startFailed(let program, let reason):
      "\(program) did not start: \(reason)"
    case .leftoverServer(let socket, let process):
      "the redis-server that an earlier run left at \(socket) does not answer: "
        + "end it with 'kill -9 \(process)' and try again"
    case .server(let error): error.description
    }
  }
}
