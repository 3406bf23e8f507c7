import Foundation

/// Where the ring's programs are.
package enum Program {
  /// The path of a program that the environment variable names or that stands in PATH.
  package static func find(
    _ name: String, variable: String? = nil, remedy: String
  ) throws(LocalRingError) -> String {
    let environment = ProcessInfo.processInfo.environment
    if let path = variable.flatMap({ environment[$0] }), !path.isEmpty {
      guard access(path, X_OK) == 0 else {
        throw .missingProgram(
          name, remedy: "\(variable ?? "") names \(path), which does not run (\(remedy))")
      }
      return path
    }
    let directories = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    for directory in directories where access("\(directory)/\(name)", X_OK) == 0 {
      return "\(directory)/\(name)"
    }
    throw .missingProgram(name, remedy: remedy)
  }

  /// The directory of the running executable.
  static func ownDirectory() -> String {
    let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return ((path ?? CommandLine.arguments[0]) as NSString).deletingLastPathComponent
  }
}
