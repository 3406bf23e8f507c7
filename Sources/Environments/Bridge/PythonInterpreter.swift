import Foundation
import Spawning

/// The Python that scripts run in, and the variables it is started with.
struct PythonInterpreter: Sendable {
  /// A path, or a name to be found in `PATH`.
  let program: String
  /// Its whole environment.
  let variables: [String: String]
  /// What has to be installed for it.
  private let package: String

  /// `CHROMATIC_PYTHON`, else `python3`.
  ///
  /// Every slot has a process of its own, so numerical libraries are told to keep to one thread each
  /// where the variables do not say otherwise.
  ///
  /// - Parameter package: what its scripts import, for errors.
  init(
    needs package: String = "Gymnasium",
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.package = package
    program = environment["CHROMATIC_PYTHON"].flatMap { $0.isEmpty ? nil : $0 } ?? "python3"
    let threads = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]
    variables = environment.merging(threads.map { ($0, "1") }) { given, _ in given }
  }

  /// What to do if it cannot be started.
  func problem(_ failure: SpawnFailure) -> BridgeProblem {
    BridgeProblem(
      .missingPython,
      "Python cannot be started as '\(program)' (\(failure)): "
        + "install python3, or set CHROMATIC_PYTHON to an interpreter that has \(package)")
  }
}
