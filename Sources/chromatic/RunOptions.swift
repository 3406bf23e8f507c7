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

  /// The configuration of a new run in an environment, validated; throws for a value that is nothing to it.
  func configuration(environment id: String) throws -> RunConfiguration {
    let (configuration, idle) = try configurationAndIdle(environment: id)
    if let problem = idle.sorted(by: { $0.key < $1.key }).first?.value { throw problem }
    return configuration
  }

  /// The configuration of a new run in an environment, validated, and the flags that are nothing to it.
  func configurationAndIdle(
    environment id: String
  ) throws -> (configuration: RunConfiguration, idle: [String: InvalidSetting]) {
    let given = try given()
    var settings = EnvironmentSettings(id)
    try given.apply(to: &settings)
    let description = try EnvironmentCatalog.description(of: settings)
    var configuration = try RunConfiguration(
      environment: settings, description.traits, given: given)
    configuration.simulator = try description.identity()
    return (configuration, given.idle(in: configuration))
  }

  /// Sets what was given for the environment.
  func apply(to settings: inout EnvironmentSettings) throws(InvalidSetting) {
    try GivenSettings(values).apply(to: &settings)
  }
}

extension SettingFlags where Group == AllSettings {
  /// Throws unless `words`, given after `--`, are settings that every run of an experiment may take.
  static func checkShared(_ words: [String]) throws {
    let parsed: Self
    do {
      parsed = try parse(words)
    } catch {
      let objection =
        exitCode(for: error).isSuccess ? "no request for help is one" : message(for: error)
      throw InvalidSetting(
        "after -- stand settings of every run, as 'chromatic submit --help' lists them: \(objection)"
      )
    }
    var trial = RunConfiguration(environment: "", observationSize: 1, actionSize: 1)
    for (setting, text) in parsed.values {
      guard !["iterations", "seed"].contains(setting.flag) else {
        throw InvalidSetting(
          "--\(setting.flag) after -- is the experiment's own: give --seeds and --scale before it, or "
            + "iterations and seeds in a file")
      }
      if setting.form != .policyFile { try setting.set(&trial, to: text) }
    }
  }
}
