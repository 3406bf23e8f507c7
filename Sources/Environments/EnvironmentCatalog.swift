import ChromaticPolicy

/// Every environment this program can simulate, by Gymnasium's id.
public enum EnvironmentCatalog {
  /// Describes an environment under given settings.
  typealias Describe =
    @Sendable (EnvironmentSettings) throws(EnvironmentError) -> EnvironmentDescription

  /// All environments, in the order in which they are listed to people.
  private static let entries: [(id: String, describe: Describe)] = [
    task(PlanarLocomotion<Swimmer>.self),
    task(Reacher.self),
    task(PlanarLocomotion<Hopper>.self),
    task(PlanarLocomotion<HalfCheetah>.self),
    task(PlanarLocomotion<Walker2d>.self),
    task(Ant.self),
    task(Pusher.self),
    task(Striker.self),
    task(Thrower.self),
    (Minitaur.id, Minitaur.describe),
    task(Humanoid.self),
    task(InvertedPendulum.self),
    task(InvertedDoublePendulum.self),
    (Pendulum.id, Pendulum.describe),
    (MountainCarContinuous.id, MountainCarContinuous.describe),
    (CartPole.id, CartPole.describe),
  ]

  /// Environments that are not listed because there is no end of them, by what their ids begin with.
  private static let schemes: [(prefix: String, describe: Describe)] = [
    (BridgeCommand.scheme, BridgeEnvironment.describe),
    (DeclaredTask.scheme, DeclaredTask.describe),
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
    let listed = entries.first { $0.id == settings.id }?.describe
    let described = listed ?? schemes.first { settings.id.hasPrefix($0.prefix) }?.describe
    guard let describe = described else {
      throw EnvironmentError(.unknownEnvironment, unknown(settings.id))
    }
    return try describe(settings)
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
    return "unknown environment \"\(id)\": \(question)known are \(ids.joined(separator: ", ")); "
      + "gym:ID is any environment of Gymnasium's, mjcf:FILE any MuJoCo model"
  }
}
