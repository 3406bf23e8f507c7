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
/// What the command line gives comes before what a task file declares, and that before the default.
/// Numbers are written as Swift and Python write them, flags as `true` or `false` in any case, and
/// ranges as two numbers with a comma between: `healthy_z_range=0.7,inf`.
struct EnvironmentOptions {
  /// The environment's id, for errors.
  let id: String
  /// What was read so far, in the order of reading.
  private(set) var known: [EnvironmentOption] = []
  private let given: [String: String]
  private let declaration: TaskDeclaration?

  /// The options in `settings`, over those that a task file declares.
  init(_ settings: EnvironmentSettings, declaration: TaskDeclaration? = nil) {
    id = settings.id
    given = settings.options
    self.declaration = declaration
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
    note(name, standard) ?? standard
  }

  /// One of `choices`.
  mutating func choice(
    _ name: String, _ standard: String, of choices: [String]
  ) throws(EnvironmentError) -> String {
    try read(name, standard, expected: choices.joined(separator: " or ")) { text in
      choices.contains(text) ? text : nil
    }
  }

  /// Two numbers, the first not above the second.
  mutating func range(
    _ name: String, _ standard: ClosedRange<Double>
  ) throws(EnvironmentError) -> ClosedRange<Double> {
    let standardText = "\(standard.lowerBound),\(standard.upperBound)"
    guard let text = note(name, standardText) else { return standard }
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
    if let name = unread(given) {
      throw EnvironmentError(.invalidOption, "\(id) has no option '\(name)': \(others(name))")
    }
    if let declaration, let name = unread(declaration.values) {
      throw EnvironmentError(
        .invalidDeclaration, "\(declaration.path): there is no option '\(name)': \(others(name))")
    }
  }

  private func unread(_ values: [String: String]) -> String? {
    values.keys.sorted().first { name in !known.contains { $0.name == name } }
  }

  /// What may have been meant by an unknown name.
  private func others(_ unknown: String) -> String {
    let names = known.map(\.name)
    let matches = SpellingDistance.closeMatches(to: unknown, among: names)
    let question = matches.isEmpty ? "" : "did you mean \(matches.joined(separator: " or "))? "
    return question + (names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))")
  }

  /// Records that `name` is known; its text, if it was given or declared.
  private mutating func note(_ name: String, _ standard: String) -> String? {
    let declared = declaration?.values[name]
    known.append(EnvironmentOption(name: name, defaultValue: declared ?? standard))
    return given[name] ?? declared
  }

  /// What `parse` makes of the text given or declared for `name`; `standardText` is how people write
  /// the default.
  mutating func read<Value>(
    _ name: String, _ standard: Value, standardText: String? = nil, expected: String,
    _ parse: (String) -> Value?
  ) throws(EnvironmentError) -> Value {
    guard let text = note(name, standardText ?? "\(standard)") else { return standard }
    guard let value = parse(text) else { throw invalid(name, text, expected: expected) }
    return value
  }

  private func invalid(_ name: String, _ text: String, expected: String) -> EnvironmentError {
    if let declaration, given[name] == nil {
      return EnvironmentError(
        .invalidDeclaration, "\(declaration.path): \(name) is '\(text)', expected \(expected)")
    }
    return EnvironmentError(
      .invalidOption, "--env-option \(name) is '\(text)', expected \(expected)")
  }
}
