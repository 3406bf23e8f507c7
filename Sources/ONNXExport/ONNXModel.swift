import ChromaticPolicy
import Environments
import Foundation

/// A policy as an ONNX model, written by Python's `onnx` package.
///
/// Input `observation`, float32 [batch, s]; output `action`, float32 [batch, a], each component in [−1, 1].
/// The shared weights are one tensor of length M, from which every matrix is gathered.
public enum ONNXModel {
  /// Seconds for Python to start, import `onnx`, write and check.
  private static let timeLimit = 60.0

  /// The model's bytes, checked by `onnx.checker`; equal policies give equal bytes.
  ///
  /// - Parameters:
  ///   - rule: how outputs become actions; nil if that is not known.
  ///   - environment: where the variable `CHROMATIC_PYTHON` is looked up.
  public static func encode(
    _ policy: Policy, rule: ActionRule?,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ONNXExportError) -> Data {
    guard fitsSinglePrecision(policy) else { throw .beyondSinglePrecision }
    let filter = PythonFilter(
      script: PackageResources.policy_to_onnx_py, needs: "onnx", environment: environment)
    do throws(PythonFilterError) {
      return try filter.answer(to: request(policy, rule), within: timeLimit)
    } catch {
      throw .python(error.description)
    }
  }

  /// The policy's file and how to act, as one JSON array.
  private static func request(_ policy: Policy, _ rule: ActionRule?) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    // Its bounds are finite, so that it has a JSON form.
    let action = (try? encoder.encode(Deployment(rule, in: policy.environment))) ?? Data("{}".utf8)
    return Data("[".utf8) + PolicyFile.encode(policy) + Data(",".utf8) + action + Data("]".utf8)
  }

  /// Whether no number becomes infinite, and no deviation zero.
  private static func fitsSinglePrecision(_ policy: Policy) -> Bool {
    let deviations = policy.normalisation.deviation
    let numbers = policy.parameters + policy.normalisation.mean + deviations
    return numbers.allSatisfy { Float($0).isFinite } && deviations.allSatisfy { Float($0) > 0 }
  }
}

/// Why there is no model.
public enum ONNXExportError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A number of the policy is too large for float32, or a deviation too small.
  case beyondSinglePrecision
  /// There is no Python, it has no `onnx`, or it failed: which, and what to do.
  case python(String)

  /// One line without the policy's name.
  public var description: String {
    switch self {
    case .beyondSinglePrecision:
      "a number is beyond single precision, which ONNX models compute in: export it as json"
    case .python(let reason): reason
    }
  }
}
