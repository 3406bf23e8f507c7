import ChromaticPolicy

/// An option that an environment takes, by Gymnasium's name, and its default as text.
public struct EnvironmentOption: Sendable, Hashable {
  /// The name of Gymnasium's keyword argument.
  public let name: String
  /// Its default as a person would write it.
  public let defaultValue: String
}

/// The options given for one environment; the environment reads each by name with its default.
///
/// Numbers are written as Swift and Python write them, flags as `true` or `false` in any case, and
/// ranges as two numbers with a comma between: `healthy_z_range=0.7,inf`.
struct EnvironmentOptions {
  /// The environment's id, for errors.
  let id: String
  /// What was read so far, in the order of reading.
  private(set) var known: [EnvironmentOption] = []
  private let given: [String: String]

  /// The options in `settings`.
  init(_ settings: EnvironmentSettings) {
    id = settings.id
    given = settings.options
  }

  /// A number that is not NaN.
  mutating func number(_ name: String, _ standard: Double) throws(EnvironmentError) -> Double {
    try read(name, standard, expected: "a number") { text in
      Double(text).flatMap { $0.isNaN ? nil : $0 }
    }
  }

  /// A whole number in `range`.
  mutating func integer(
    _ name: String, _ standard: Int, in range: ClosedRange<Int>
  ) throws(EnvironmentError) -> Int {
    let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    return try read(name, standard, expected: expected) { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// A truth value.
  mutating func flag(_ name: String, _ standard: Bool) throws(EnvironmentError) -> Bool {
    try read(name, standard, expected: "true or false") { Bool($0.lowercased()) }
  }

  /// Any text.
  mutating func text(_ name: String, _ standard: String) -> String {
    known.append(EnvironmentOption(name: name, defaultValue: standard))
    return given[name] ?? standard
  }

  /// Two numbers, the first not above the second.
  mutating func range(
    _ name: String, _ standard: ClosedRange<Double>
  ) throws(EnvironmentError) -> ClosedRange<Double> {
    let text = given[name]
    known.append(
      EnvironmentOption(name: name, defaultValue: "\(standard.lowerBound),\(standard.upperBound)"))
    guard let text else { return standard }
    let bounds = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard bounds.count == 2, let low = bounds[0], let high = bounds[1], low <= high else {
      throw invalid(name, text, expected: "two numbers such as 0.7,inf")
    }
    return low...high
  }

  /// A time in seconds, above 0 and at most a day.
  mutating func seconds(_ name: String, _ standard: Double) throws(EnvironmentError) -> Double {
    try read(name, standard, expected: "seconds above 0, at most 86400") { text in
      Double(text).flatMap { $0 > 0 && $0 <= 86_400 ? $0 : nil }
    }
  }

  /// The options that were given and not read.
  var unread: [String: String] {
    given.filter { option in !known.contains { $0.name == option.key } }
  }

  /// Throws if an option was given that nobody read.
  func checkAllRead() throws(EnvironmentError) {
    let names = known.map(\.name)
    guard let unknown = given.keys.sorted().first(where: { !names.contains($0) }) else { return }
    let matches = SpellingDistance.closeMatches(to: unknown, among: names)
    let question = matches.isEmpty ? "" : "did you mean \(matches.joined(separator: " or "))? "
    let list = names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"
    throw EnvironmentError(.invalidOption, "\(id) has no option '\(unknown)': \(question)\(list)")
  }

  private mutating func read<Value>(
    _ name: String, _ standard: Value, expected: String, _ parse: (String) -> Value?
  ) throws(EnvironmentError) -> Value {
    known.append(EnvironmentOption(name: name, defaultValue: "\(standard)"))
    guard let text = given[name] else { return standard }
    guard let value = parse(text) else { throw invalid(name, text, expected: expected) }
    return value
  }

  private func invalid(_ name: String, _ text: String, expected: String) -> EnvironmentError {
    EnvironmentError(
      .invalidOption, "--env-option \(name) is '\(text)', expected \(expected)")
  }
}
