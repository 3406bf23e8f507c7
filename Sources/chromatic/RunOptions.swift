import ChromaticPolicy
import Environments
import RunPlan

/// Every setting of a run.
enum AllSettings: SettingGroup {
  static let settings = RunSetting.all
}

/// The settings of an environment alone.
enum EnvironmentSettingGroup: SettingGroup {
  static let settings = RunSetting.environmentFlags
}

/// The settings of a run, as `train` and `submit` take them.
typealias RunOptions = SettingFlags<AllSettings>

/// How an environment is configured on the command line.
typealias EnvironmentFlags = SettingFlags<EnvironmentSettingGroup>

extension SettingFlags {
  /// What was given, the policies that flags name read.
  func given() throws -> GivenSettings {
    var given = GivenSettings(values.filter { $0.setting.form != .policyFile })
    for (setting, path) in values where setting.form == .policyFile {
      given.policies[setting.flag] = (try PolicyReader.read(path), path)
    }
    return given
  }

  /// The configuration of a new run in an environment, validated.
  func configuration(environment id: String) throws -> RunConfiguration {
    let given = try given()
    var settings = EnvironmentSettings(id)
    try given.apply(to: &settings)
    let description = try EnvironmentCatalog.description(of: settings)
    var configuration = try RunConfiguration(
      environment: settings, description.traits, given: given)
    configuration.simulator = try description.identity()
    return configuration
  }

  /// Sets what was given for the environment.
  func apply(to settings: inout EnvironmentSettings) throws(InvalidSetting) {
    try GivenSettings(values).apply(to: &settings)
  }
}
