import RunPlan

extension JSONNode {
  /// Settings of a run as their flags, by the flag's name, in the order of the rows.
  ///
  /// A value is what the flag takes: a number or text, true or false for one that is on or off, a list for
  /// one that may be repeated.
  func settings() throws(CommandError) -> [SettingFlag] {
    try settings(in: try members())
  }

  /// The settings in members of an object here.
  func settings(in members: [String: JSONNode]) throws(CommandError) -> [SettingFlag] {
    let flags = RunSetting.all.map(\.flag)
    if let stranger = members.keys.sorted().first(where: { !flags.contains($0) }) {
      throw .data(
        "\(file): \(path).\(stranger) is no setting: 'chromatic submit --help' lists them, a key is a "
          + "flag without its dashes")
    }
    var result: [SettingFlag] = []
    for setting in RunSetting.all {
      guard let node = members[setting.flag] else { continue }
      guard !["iterations", "seed"].contains(setting.flag) else {
        throw .data(
          "\(file): \(node.path) is the experiment's own: give iterations and seeds at the top of the file or in an environment"
        )
      }
      result.append(SettingFlag(setting: setting, words: try node.words(of: setting), node: node))
    }
    return result
  }

  /// The words of a command line that give `setting` the value here, each checked by the setting's row.
  private func words(of setting: RunSetting) throws(CommandError) -> [String] {
    let flag = "--\(setting.flag)"
    switch setting.form {
    case .toggle: return [try self.flag() ? flag : "--no-\(setting.flag)"]
    case .policyFile: return [flag, try text("a policy file")]
    case .value: return [flag, try checked(setting)]
    case .list:
      guard case .list = value else { return [flag, try checked(setting)] }
      var words: [String] = []
      for element in try elements(setting.expected) {
        words += [flag, try element.checked(setting)]
      }
      return words
    }
  }

  /// The text here, if the setting takes it.
  private func checked(_ setting: RunSetting) throws(CommandError) -> String {
    let text: String
    switch value {
    case .text(let word), .number(let word): text = word
    default: throw mistake(setting.expected)
    }
    var trial = RunConfiguration(environment: "", observationSize: 1, actionSize: 1)
    do {
      try setting.set(&trial, to: text)
    } catch {
      throw mistake(setting.expected)
    }
    return text
  }
}

/// A setting that an experiment's file gives.
struct SettingFlag {
  let setting: RunSetting
  /// As on a command line.
  let words: [String]
  let node: JSONNode
}

extension [SettingFlag] {
  /// These settings with those of `others` instead or beside, in the order of the rows.
  func overridden(by others: [SettingFlag]) -> [SettingFlag] {
    RunSetting.all.compactMap { setting in
      others.last { $0.setting.flag == setting.flag } ?? last { $0.setting.flag == setting.flag }
    }
  }

  /// All of them as words of a command line.
  var words: [String] { flatMap(\.words) }
}
