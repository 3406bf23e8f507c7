import Foundation
import LocalRing

/// What `ops/bootstrap --test` installs for the manifests and the alerts.
enum ManifestTools {
  private static let remedy = "ops/bootstrap --test"
  private static let packages = "\(OperatorCommand.root)/.build/manifest-tools"

  /// Runs the Python beside kubernetes-validate, with its packages.
  static func python(_ arguments: [String], input: String = "") throws -> OperatorCommand {
    try OperatorCommand(
      "\(packages)/python", arguments, environment: ["PYTHONPATH": packages], input: input)
  }

  /// `kubernetes-validate --strict` of the manifest in `file`.
  static func validate(_ file: String) throws -> OperatorCommand {
    try python(["-m", "kubernetes_validate", "--strict", "--no-warn", file])
  }

  static func promtool(_ arguments: String...) throws -> OperatorCommand {
    try OperatorCommand(try Program.find("promtool", remedy: remedy), arguments)
  }

  /// `kubectl kustomize` of `directory`, by the pinned kubectl where it had to be installed.
  static func kustomize(_ directory: String) throws -> OperatorCommand {
    let pinned = "\(OperatorCommand.root)/.build/kubectl/kubectl"
    let kubectl =
      FileManager.default.isExecutableFile(atPath: pinned)
      ? pinned : try Program.find("kubectl", remedy: remedy)
    return try OperatorCommand(kubectl, ["kustomize", directory])
  }
}
