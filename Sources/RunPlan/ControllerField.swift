import ArchitectureSearch
import Foundation
import RunQueue

/// The controller's parameters θ in the checkpoint hash, as base 64.
public enum ControllerField {
  /// The field's name.
  public static let name = "controller"

  /// `controller` as the field's value.
  public static func text(_ controller: any PartitionController) -> String {
    Data(controller.checkpoint()).base64EncodedString()
  }

  /// The controller of a run of `configuration` in the field's value.
  public static func controller(
    in text: String?, _ configuration: RunConfiguration
  ) throws -> any PartitionController {
    guard let text, let bytes = Data(base64Encoded: text) else {
      throw DamagedFields(field: name, reason: "is missing or not base 64")
    }
    let controller = try ControllerKind.restore(checkpoint: Array(bytes))
    let space = configuration.searchSpace
    let (edges, classes) = (space.decisionCount, space.choiceCount)
    guard controller.edgeCount == edges, controller.classCount == classes else {
      throw DamagedFields(
        field: name,
        reason: "is of \(controller.edgeCount) edges and \(controller.classCount) classes, "
          + "expected \(edges) and \(classes)")
    }
    return controller
  }
}
