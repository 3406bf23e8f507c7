import ChromaticPolicy
import Foundation

/// Reads policy files named on the command line.
enum PolicyReader {
  /// The policy in the file at `path`; the error names the file.
  static func read(_ path: String) throws(CommandError) -> Policy {
    let data = try InputFile.read(path, expected: "a policy file such as train's policy.json")
    do {
      return try PolicyFile.decode(data)
    } catch {
      throw .data("\(path) is no usable policy file: \(error)")
    }
  }
}
