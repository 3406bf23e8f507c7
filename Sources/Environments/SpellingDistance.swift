/// How many letters two names differ by.
enum SpellingDistance {
  /// Levenshtein's distance: insertions, deletions and substitutions of single characters.
  static func between(_ first: some StringProtocol, _ second: some StringProtocol) -> Int {
    let second = Array(second)
    var row = Array(0...second.count)
    for (i, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in second.indices {
        let substitution = diagonal + (letter == second[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substitution, row[j] + 1, diagonal + 1)
      }
    }
    return row[second.count]
  }

  /// The names that someone who wrote `name` may have meant, closest first: those at most a third of
  /// their letters away, whatever their case and version suffix ("-v5").
  static func closeMatches(to name: String, among names: [String]) -> [String] {
    let wanted = stem(of: name)
    return
      names
      .map { (name: $0, distance: between(wanted, stem(of: $0))) }
      .filter { $0.distance <= stem(of: $0.name).count / 3 }
      .sorted { $0.distance < $1.distance }
      .map(\.name)
  }

  private static func stem(of name: String) -> String {
    String(name.lowercased().prefix { $0 != "-" })
  }
}
