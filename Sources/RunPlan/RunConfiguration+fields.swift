import ArchitectureSearch
import ChromaticPolicy
import Foundation
import RunQueue

/// The run's config hash: one readable field per row of `RunSetting.all`, and what no flag sets.
extension RunConfiguration {
  /// The hash's fields.
  public var fields: Fields {
    var fields: Fields = [
      "environment": environment.id, "observation-size": String(observationSize),
      "action-size": String(actionSize),
    ]
    for setting in RunSetting.all {
      if let field = setting.field { fields[field] = setting.fieldText(self) }
    }
    fields[Self.simulatorField] = simulator
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    if let data = try? encoder.encode(controllerSettings) {
      fields[Self.controllerSettingsField] = String(decoding: data, as: UTF8.self)
    }
    return fields
  }

  /// Where this configuration is not `other`, as in `sigma 0.1 instead of 0.2`; the simulator's version aside.
  public func differences(from other: RunConfiguration) -> [String] {
    let (own, others) = (fields, other.fields)
    return Set(own.keys).union(others.keys).subtracting([Self.simulatorField]).sorted()
      .compactMap { field in
        guard own[field] != others[field] else { return nil }
        let texts = [own[field], others[field]].map { text in
          text.map { $0.count > 40 ? "another" : $0 } ?? "none"
        }
        return "\(field) \(texts[0]) instead of \(texts[1])"
      }
  }

  /// The configuration in `fields`, validated.
  public init(_ fields: Fields) throws(DamagedFields) {
    let sizes = 1...100_000
    self.init(
      environment: EnvironmentSettings(try fields.text("environment")),
      observationSize: try fields.integer("observation-size", in: sizes),
      actionSize: try fields.integer("action-size", in: sizes))
    for setting in RunSetting.all { try setting.read(&self, from: fields) }
    simulator = fields[Self.simulatorField]
    do {
      controllerSettings = try JSONDecoder().decode(
        ControllerSettings.self, from: Data(fields.text(Self.controllerSettingsField).utf8))
    } catch let error as DamagedFields {
      throw error
    } catch {
      throw DamagedFields(
        field: Self.controllerSettingsField, reason: "is not a JSON object of settings")
    }
    do {
      try validate()
    } catch {
      throw DamagedFields(field: "config", reason: "is invalid: \(error)")
    }
  }

  private static let simulatorField = "simulator"
  private static let controllerSettingsField = "controller-settings"
}
