/// Every environment this program can simulate, by Gymnasium's id.
public enum EnvironmentCatalog {
  /// All environments, in the order in which they are listed to people.
  public static let all: [EnvironmentDescription] = [
    .task(HalfCheetah.self),
    Pendulum.description,
  ]

  /// What is known of the environment `id`.
  public static func description(of id: String) throws(EnvironmentError) -> EnvironmentDescription {
    guard let found = all.first(where: { $0.id == id }) else {
      throw EnvironmentError(
        .unknownEnvironment, unknown(id, known: all.map(\.id)))
    }
    return found
  }

  /// A new instance of the environment `id`.
  public static func make(_ id: String) throws(EnvironmentError) -> any Environment {
    try description(of: id).make()
  }

  private static func unknown(_ id: String, known: [String]) -> String {
    let matches = SpellingDistance.closeMatches(to: id, among: known)
    let question = matches.isEmpty ? "" : "did you mean \(matches.joined(separator: " or "))? "
    return "unknown environment \"\(id)\": \(question)known are \(known.joined(separator: ", "))"
  }
}
