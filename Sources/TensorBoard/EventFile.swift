import Environments
import Foundation
import RunPlan

/// A run's history as a TensorBoard event file, written by Python's `tensorboardX` package.
public enum EventFile {
  /// Seconds for Python to start, import and write.
  private static let timeLimit = 120.0

  /// A number of the history under a name as TensorBoard groups them.
  private struct Scalar: Encodable {
    var tag: String
    var step: Int
    var seconds: Double
    var value: Double

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(tag)
      try container.encode(step)
      try container.encode(seconds)
      try container.encode(value)
    }
  }

  private static let tags: [(name: String, value: @Sendable (HistoryEntry) -> Double?)] = [
    ("return/mean", \.mean), ("return/std", \.std), ("return/min", \.min), ("return/max", \.max),
    ("return/pivot", \.pivot), ("return/proposal", \.proposal),
    ("step/gradient_norm", \.gradientNorm), ("step/parameter_norm", { $0.parameterNorm }),
    ("search/entropy", \.entropy), ("search/classes_used", \.classesUsed),
    ("search/divergence", \.divergence), ("search/sparsity", \.sparsity),
    ("run/environment_steps", { Double($0.environmentSteps) }),
    ("run/failed", { Double($0.failed) }),
  ]

  /// The file's bytes; what is not known of an iteration is left out.
  ///
  /// - Parameters:
  ///   - seconds: when iterations ended; those that it does not know take the place of their number.
  ///   - environment: where the variable `CHROMATIC_PYTHON` is looked up.
  public static func encode(
    _ history: [HistoryEntry], seconds: [Int: Double] = [:],
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(EventFileError) -> Data {
    let scalars = history.flatMap { entry in
      tags.compactMap { tag in
        tag.value(entry).map {
          Scalar(
            tag: tag.name, step: entry.iteration,
            seconds: seconds[entry.iteration] ?? Double(entry.iteration), value: $0)
        }
      }
    }
    let filter = PythonFilter(
      script: PackageResources.events_py, needs: "tensorboardX", environment: environment)
    do {
      return try filter.answer(to: JSONEncoder().encode(scalars), within: timeLimit)
    } catch {
      throw EventFileError(description: "\(error)")
    }
  }
}

/// Why there is no event file: no Python, no package, or Python failed. One line that says what to do.
public struct EventFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line.
  public let description: String
}
