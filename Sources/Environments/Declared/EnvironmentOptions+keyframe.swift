extension EnvironmentOptions {
  /// The number of the keyframe that the option `keyframe` gives by name or by number; nil for none.
  ///
  /// - Parameter names: the names of the model's keyframes, "" for one without.
  mutating func keyframe(among names: [String]) throws(EnvironmentError) -> Int? {
    let named = names.enumerated().filter { !$0.element.isEmpty }
    var numbers = Dictionary(uniqueKeysWithValues: names.indices.map { ("\($0)", $0 as Int?) })
    for (number, name) in named { numbers[name] = number }
    numbers["none"] = .some(nil)
    let range = names.isEmpty ? [] : ["a number from 0 to \(names.count - 1)"]
    let expected = (["none"] + named.map(\.element) + range).joined(separator: " or ")
    return try read("keyframe", nil, standardText: "none", expected: expected) { numbers[$0] }
  }
}
