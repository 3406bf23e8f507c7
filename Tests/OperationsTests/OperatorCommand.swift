import Foundation

/// A validator or one of the built programs at work, as an operator runs it.
struct OperatorCommand {
  /// The project's directory.
  static let root = URL(filePath: #filePath).appending(path: "../../..").standardized.path

  /// The directory of the built programs: the test bundle stands beside them.
  static let products: String = {
    let bundle = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return ((bundle ?? "") as NSString).deletingLastPathComponent
  }()

  /// How it ended.
  let code: Int32
  /// What it wrote to standard output.
  let output: String
  /// What it wrote to standard error.
  let errors: String

  /// Runs `program` to its end; it sees none of this process's `CHROMATIC_` variables.
  init(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    input: String = "", in directory: String = root
  ) throws {
    let process = Process()
    let (standardInput, standardOutput, standardError) = (Pipe(), Pipe(), Pipe())
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: directory)
    process.environment = ProcessInfo.processInfo.environment
      .filter { !$0.key.hasPrefix("CHROMATIC_") }.merging(environment) { $1 }
    process.standardInput = standardInput
    process.standardOutput = standardOutput
    process.standardError = standardError
    try process.run()
    let reader = Reader(of: standardError)
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let data = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    (code, output) = (process.terminationStatus, String(decoding: data, as: UTF8.self))
    errors = reader.text()
  }

  /// Empties a pipe on a thread of its own, so that a full one does not hold up the process.
  private final class Reader: @unchecked Sendable {
    private var data = Data()
    private let done = DispatchSemaphore(value: 0)

    init(of pipe: Pipe) {
      Thread.detachNewThread { [self] in
        data = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
        done.signal()
      }
    }

    func text() -> String {
      done.wait()
      return String(decoding: data, as: UTF8.self)
    }
  }
}
