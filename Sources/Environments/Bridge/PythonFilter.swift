import Foundation

/// A Python script that turns one document into another.
///
/// It reads its descriptor 3 to the end and answers there. Exit code 0 makes the answer whole, 69 says
/// that a package is missing and the last line of standard error which and how to install it.
package struct PythonFilter: Sendable {
  private static let missingPackage: Int32 = 69

  private let script: String
  private let interpreter: PythonInterpreter

  /// The filter of that text, which may call what `installation.py` defines.
  ///
  /// - Parameter package: the Python package it imports, for errors.
  package init(
    script: [UInt8], needs package: String,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let text = PackageResources.installation_py + script
    self.script = String(decoding: text, as: UTF8.self)
    interpreter = PythonInterpreter(needs: package, environment: environment)
  }

  /// The answer to `document`, which has to be whole within `seconds`.
  package func answer(
    to document: Data, within seconds: Double
  ) throws(PythonFilterError) -> Data {
    do throws(BridgeProblem) {
      return Data(try bytes([UInt8](document), Deadline(seconds: seconds)))
    } catch {
      throw PythonFilterError(description: error.reason)
    }
  }

  private func bytes(_ document: [UInt8], _ deadline: Deadline) throws(BridgeProblem) -> [UInt8] {
    let process = try PythonProcess(interpreter, script: script, arguments: [])
    let stream = PythonStream(process)
    var answer: [UInt8] = []
    try stream.send(document, until: deadline)
    stream.finishSending()
    while try stream.receive(into: &answer, until: deadline) {}
    switch process.end(grace: deadline.seconds) {
    case .exited(code: 0): return answer
    case .exited(code: Self.missingPackage):
      throw BridgeProblem(process.errors.lastLine ?? "its Python lacks a package")
    case .exited, .killed, nil: throw stream.ended()
    }
  }
}

/// Why there is no answer: no Python, no package, or Python failed. One line that says what to do.
package struct PythonFilterError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line.
  package let description: String
}
