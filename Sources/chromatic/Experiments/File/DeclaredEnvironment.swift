/// An environment of an experiment's file: its id, or an object with it.
struct DeclaredEnvironment {
  /// The id.
  let id: String
  /// As tables and figures call it.
  let name: String
  let settings: [SettingFlag]
  /// ES iterations of its runs at full scale; nil for the experiment's.
  let iterations: Int?
  /// Runs of each of its cells; nil for the experiment's.
  let seeds: Int?
  /// The returns that count 0 and 1 where environments are taken together.
  let scale: Experiment.Scale?

  init(_ node: JSONNode) throws(CommandError) {
    if case .text(let id) = node.value, !id.isEmpty {
      (self.id, name, settings, iterations, seeds, scale) = (id, id, [], nil, nil, nil)
      return
    }
    guard case .object = node.value else {
      throw node.mistake("an environment's id, or an object with one")
    }
    let members = try node.members([
      "id", "name", "settings", "iterations", "seeds", "zero", "one",
    ])
    guard let id = try members["id"]?.text("an environment's id") else {
      throw .data("\(node.file): \(node.path).id is missing, expected an environment's id")
    }
    self.id = id
    name = try members["name"]?.text() ?? id
    settings = try members["settings"]?.settings() ?? []
    iterations = try members["iterations"]?.integer(in: Experiment.iterationRange)
    seeds = try members["seeds"]?.integer(in: Experiment.seedRange)
    switch (try members["zero"]?.number(), try members["one"]?.number()) {
    case (nil, nil): scale = nil
    case (let zero?, let one?) where zero != one: scale = Experiment.Scale(zero: zero, one: one)
    default: throw node.mistake("both zero and one, two returns that differ, or neither")
    }
  }
}

/// A series of an experiment's file: settings under a name, and what differs by environment.
struct DeclaredSeries {
  var name: String
  var settings: [SettingFlag] = []
  /// The only environments it is of, by name; nil for all.
  var environments: [JSONNode]?
  /// What holds in one environment, by its name.
  var exceptions: [String: Exception] = [:]
  /// Whose partition it retrains.
  var source: (environment: JSONNode, series: JSONNode)?

  /// What a series has in one environment.
  struct Exception {
    let node: JSONNode
    var settings: [SettingFlag]
    var reported: ExperimentCell.Reported?
  }

  init(name: String) { self.name = name }

  init(_ node: JSONNode) throws(CommandError) {
    let members = try node.members(["name", "settings", "environments", "in", "partition_from"])
    guard let name = try members["name"]?.text() else {
      throw .data("\(node.file): \(node.path).name is missing, expected a text")
    }
    self.name = name
    settings = try members["settings"]?.settings() ?? []
    environments = try members["environments"]?.elements("a list of environments' names")
    for (environment, exception) in try members["in"]?.members() ?? [:] {
      exceptions[environment] = try Exception(exception)
    }
    if let from = try members["partition_from"]?.members(["environment", "series"]) {
      guard let environment = from["environment"], let series = from["series"] else {
        throw .data(
          "\(node.file): \(node.path).partition_from is not whole, expected an environment and a series"
        )
      }
      source = (environment, series)
    }
  }
}

extension DeclaredSeries.Exception {
  init(_ node: JSONNode) throws(CommandError) {
    let members = try node.members(["settings", "reported"])
    self.node = node
    settings = try members["settings"]?.settings() ?? []
    guard let reported = try members["reported"]?.members(["return", "weights"]) else { return }
    self.reported = ExperimentCell.Reported(
      reward: try reported["return"]?.number(),
      weights: try reported["weights"]?.integer(in: 1...1_000_000_000))
  }
}
