/// Values of settings, every combination of which is a series of its own.
struct SettingSweep {
  /// The settings in the order of the rows, each with its values.
  private let axes: [(flag: String, values: [SettingFlag], names: [String])]

  /// Reads an object whose keys are settings and whose values are lists.
  init(_ node: JSONNode) throws(CommandError) {
    var axes: [(flag: String, values: [SettingFlag], names: [String])] = []
    for (flag, list) in try node.members().sorted(by: { $0.key < $1.key }) {
      let elements = try list.elements("a list of the values that \(flag) takes")
      guard !elements.isEmpty else { throw list.mistake("at least one value") }
      var values: [SettingFlag] = []
      for element in elements { values += try node.settings(in: [flag: element]) }
      axes.append((flag, values, elements.map { Self.name($0.value) }))
    }
    self.axes = axes
  }

  /// Every series under every combination, the last setting changing first.
  func spread(_ series: [DeclaredSeries]) -> [DeclaredSeries] {
    axes.reduce(series) { series, axis in
      series.flatMap { one in
        zip(axis.values, axis.names).map { value, text in
          var spread = one
          spread.name = [one.name, "\(axis.flag) \(text)"].filter { !$0.isEmpty }
            .joined(separator: ", ")
          spread.settings = one.settings.overridden(by: [value])
          return spread
        }
      }
    }
  }

  private static func name(_ value: JSONValue) -> String {
    switch value {
    case .flag(let isOn): isOn ? "on" : "off"
    case .text(let text), .number(let text): text
    default: value.description
    }
  }
}
