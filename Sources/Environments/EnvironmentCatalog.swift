import ChromaticPolicy

/// Every environment this program can simulate, by Gymnasium's id.
public enum EnvironmentCatalog {
  /// Describes an environment under given settings.
  typealias Describe =
    @Sendable (EnvironmentSettings) throws(EnvironmentError) -> EnvironmentDescription

  /// All environments, in the order in which they are listed to people.
  private static let entries: [(id: String, describe: Describe)] = [
    task(HalfCheetah.self),
    (Pendulum.id, Pendulum.describe),
  ]

  /// Families of environments, each named by a prefix and what follows it.
  private static let schemes: [(prefix: String, describe: Describe)] = [
    (DeclaredTask.scheme, DeclaredTask.describe)
  ]

  /// The ids of all environments.
  public static let ids = entries.map(\.id)

  /// What is known of every environment under its default settings.
  public static func all() throws(EnvironmentError) -> [EnvironmentDescription] {
    var descriptions: [EnvironmentDescription] = []
    for entry in entries { descriptions.append(try entry.describe(EnvironmentSettings(entry.id))) }
    return descriptions
  }

  /// What is known of the environment that `settings` name.
  public static func description(
    of settings: EnvironmentSettings
  ) throws(EnvironmentError) -> EnvironmentDescription {
    if let scheme = schemes.first(where: { settings.id.hasPrefix($0.prefix) }) {
      return try scheme.describe(settings)
    }
    guard let found = entries.first(where: { $0.id == settings.id }) else {
      throw EnvironmentError(.unknownEnvironment, unknown(settings.id))
    }
    return try found.describe(settings)
  }

  /// A new instance of the environment that `settings` name.
  public static func make(
    _ settings: EnvironmentSettings
  ) throws(EnvironmentError) -> any Environment {
    try description(of: settings).make()
  }

  private static func task<Task: MuJoCoTask>(_: Task.Type) -> (id: String, describe: Describe) {
    (Task.id, { settings throws(EnvironmentError) in try .task(Task.self, settings) })
  }

  private static func unknown(_ id: String) -> String {
    let matches = SpellingDistance.closeMatches(to: id, among: ids)
    let question = matches.isEmpty ? "" : "did you mean \(matches.joined(separator: " or "))? "
    return "unknown environment \"\(id)\": \(question)known are \(ids.joined(separator: ", "))"
  }
}
