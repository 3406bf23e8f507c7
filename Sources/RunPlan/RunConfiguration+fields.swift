import ArchitectureSearch
import ChromaticPolicy
import EvolutionStrategies
import Foundation
import RunQueue

/// The run's config hash: one readable field per setting, named as the command line names it.
extension RunConfiguration {
  /// The hash's fields.
  public var fields: Fields {
    var fields: Fields = [
      "environment": environment.id,
      "env-options": environment.optionText,
      "horizon": environment.horizon.map(String.init) ?? "default",
      "hidden": hiddenSizes.map(String.init).joined(separator: ","),
      "estimator": estimator.rawValue,
      "directions": directionKind.rawValue,
      "optimiser": optimiser.rawValue,
      "controller": controller.rawValue,
      "policy": policyClass.rawValue,
    ]
    fields["fixed-partition"] = fixedPartition
    for setting in Self.settings { fields[setting.name] = setting.text(self) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    if let data = try? encoder.encode(controllerSettings) {
      fields["controller-settings"] = String(decoding: data, as: UTF8.self)
    }
    return fields
  }

  /// The configuration in `fields`, validated.
  public init(_ fields: Fields) throws(DamagedFields) {
    self.init(environment: try Self.environment(in: fields), observationSize: 1, actionSize: 1)
    for setting in Self.settings {
      guard setting.assign(&self, try fields.text(setting.name)) else {
        throw DamagedFields(field: setting.name, reason: "cannot be read")
      }
    }
    let sizes = try fields.text("hidden").split(separator: ",").map { Int($0) ?? 0 }
    guard sizes.allSatisfy({ $0 > 0 }), observationSize > 0, actionSize > 0 else {
      throw DamagedFields(field: "hidden", reason: "or a size of the environment is not positive")
    }
    hiddenSizes = sizes
    estimator = try Self.choice("estimator", of: fields)
    directionKind = try Self.choice("directions", of: fields)
    optimiser = try Self.choice("optimiser", of: fields)
    controller = try Self.choice("controller", of: fields)
    policyClass = try Self.choice("policy", of: fields)
    fixedPartition = fields["fixed-partition"]
    do {
      controllerSettings = try JSONDecoder().decode(
        ControllerSettings.self, from: Data(fields.text("controller-settings").utf8))
    } catch {
      throw DamagedFields(field: "controller-settings", reason: "is not a JSON object of settings")
    }
    do {
      try validate()
    } catch {
      throw DamagedFields(field: "config", reason: "is invalid: \(error)")
    }
  }

  private static func environment(in fields: Fields) throws(DamagedFields) -> EnvironmentSettings {
    guard let options = EnvironmentSettings.options(try fields.text("env-options")) else {
      throw DamagedFields(field: "env-options", reason: "is not a list of name=value")
    }
    let horizon = try fields.text("horizon")
    guard horizon == "default" || Int(horizon) != nil else {
      throw DamagedFields(field: "horizon", reason: "is neither a number nor 'default'")
    }
    return EnvironmentSettings(
      try fields.text("environment"), options: options, horizon: Int(horizon))
  }

  private static func choice<Choice: RawRepresentable<String>>(_ field: String, of fields: Fields)
    throws(DamagedFields) -> Choice
  {
    guard let value = Choice(rawValue: try fields.text(field)) else {
      throw DamagedFields(field: field, reason: "is none of the known values")
    }
    return value
  }

  /// A field that is one setting's own text.
  private struct Setting: Sendable {
    var name: String
    var text: @Sendable (RunConfiguration) -> String
    var assign: @Sendable (inout RunConfiguration, String) -> Bool

    init<Value: LosslessStringConvertible & Sendable>(
      _ name: String, _ path: WritableKeyPath<RunConfiguration, Value> & Sendable
    ) {
      self.name = name
      text = { $0[keyPath: path].description }
      assign = { configuration, text in
        guard let value = Value(text) else { return false }
        configuration[keyPath: path] = value
        return true
      }
    }
  }

  private static let settings: [Setting] = [
    Setting("action-repeat", \.environment.actionRepeat),
    Setting("observation-size", \.observationSize),
    Setting("action-size", \.actionSize),
    Setting("partitions", \.partitions),
    Setting("iterations", \.iterations),
    Setting("perturbations", \.perturbations),
    Setting("pivots", \.pivots),
    Setting("evaluations", \.evaluations),
    Setting("finalists", \.finalists),
    Setting("finalist-episodes", \.finalistEpisodes),
    Setting("sigma", \.sigma),
    Setting("step-size", \.stepSize),
    Setting("initial-deviation", \.initialDeviation),
    Setting("normalise-returns", \.normalisesReturns),
    Setting("normalise-observations", \.normalisesObservations),
    Setting("search-interval", \.searchInterval),
    Setting("alive-shift", \.aliveShift),
    Setting("top-directions", \.topDirections),
    Setting("weight-decay", \.weightDecay),
    Setting("mask-pressure", \.maskPressure),
    Setting("seed", \.seed),
  ]
}
