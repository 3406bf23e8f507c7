import ChromaticPolicy

/// What is trained: the network and what its edges share.
extension RunSetting {
  static let policySettings = [hidden, policy, searchSpace, partitions, maskPressure]

  /// The largest network a run may have; what depends on it must fit in memory.
  private static let mostEdges = 1 << 25

  private static let hidden: RunSetting = {
    var setting = RunSetting(
      flag: "hidden", field: "hidden", form: .value(placeholder: "sizes", words: []),
      help: "Hidden layer sizes such as 41 or 41,41 (also H41,H41); 'none' or L: linear.",
      expected: "sizes such as 41 or 41,41, or 'none'",
      text: { $0.hiddenSizes.map(String.init).joined(separator: ",") },
      set: { configuration, text in
        guard let sizes = hiddenSizes(text) else { return false }
        configuration.hiddenSizes = sizes
        return true
      }, reset: { $0.hiddenSizes = [41] })
    setting.read = { [set = setting.set] in set(&$0, $1.isEmpty ? "none" : $1) }
    setting.problem = hiddenProblem
    return setting
  }()

  private static func hiddenSizes(_ text: String) -> [Int]? {
    if ["none", "L"].contains(text) { return [] }
    let sizes = text.split(separator: ",", omittingEmptySubsequences: false).map {
      Int($0.hasPrefix("H") ? $0.dropFirst() : $0) ?? 0
    }
    return sizes.allSatisfy { $0 > 0 } ? sizes : nil
  }

  private static func hiddenProblem(_ configuration: RunConfiguration) -> InvalidSetting? {
    if let size = configuration.hiddenSizes.first(where: { !(1...4096).contains($0) }) {
      return InvalidSetting("--hidden", is: size, expected: "1 to 4096")
    }
    let architecture = configuration.architecture
    guard configuration.hiddenSizes.count <= 8 else {
      return InvalidSetting("--hidden", is: architecture.name, expected: "at most 8 layers")
    }
    guard architecture.edgeCount <= mostEdges else {
      return InvalidSetting(
        "--hidden", is: architecture.name,
        expected: "at most \(mostEdges) edges, \(architecture.sizes) has "
          + "\(architecture.edgeCount)")
    }
    return nil
  }

  private static let policy: RunSetting = {
    var setting = policyClass(
      "policy", field: "policy", PolicyClass.baselines,
      "chromatic, or a baseline: masked, toeplitz, circulant or unstructured.")
    setting.read = { configuration, text in
      guard let policyClass = PolicyClass(rawValue: text) else { return false }
      configuration.policyClass = policyClass
      return true
    }
    setting.problem = { configuration in
      configuration.policyClass == .nodeDeletion && configuration.hiddenSizes.isEmpty
        ? InvalidSetting("--search-space node-deletion needs hidden units: give --hidden sizes")
        : nil
    }
    return setting
  }()

  private static let searchSpace = policyClass(
    "search-space", field: nil, PolicyClass.searchSpaces,
    "What the controller decides: sharing of weights, edge-removal or node-deletion.")

  /// A row that names classes of policies by words.
  private static func policyClass(
    _ flag: String, field: String?, _ classes: [(word: String, policyClass: PolicyClass)],
    _ help: String
  ) -> RunSetting {
    let words = classes.map(\.word)
    return RunSetting(
      flag: flag, field: field,
      form: .value(placeholder: flag == "policy" ? "class" : "space", words: words), help: help,
      expected: oneOf(words), defaultInWords: words.first, text: { $0.policyClass.rawValue },
      set: { configuration, text in
        guard let named = classes.first(where: { $0.word == text }) else { return false }
        configuration.policyClass = named.policyClass
        return true
      }, reset: { $0.policyClass = .chromatic })
  }

  private static let partitions: RunSetting = {
    var setting = plain(
      "partitions", \.partitions, default: 17,
      "M, the number of shared weights of a chromatic policy.", expected: "a whole number")
    setting.problem = { configuration in
      let edges = configuration.architecture.edgeCount
      let prescribed = SearchSpace.weightCount(
        configuration.policyClass, on: configuration.architecture)
      let count = configuration.partitions
      guard !(prescribed.map { $0 == count } ?? (1...edges).contains(count)) else { return nil }
      return InvalidSetting(
        "--partitions", is: count,
        expected: prescribed.map {
          "\($0), the number of weights of a \(configuration.policyClass.rawValue) policy"
        } ?? "1 to \(edges), the number of edges of \(configuration.architecture.sizes)")
    }
    setting.start = { configuration, _ in
      let prescribed = SearchSpace.weightCount(
        configuration.policyClass, on: configuration.architecture)
      if let prescribed { configuration.partitions = prescribed }
    }
    return setting
  }()

  private static let maskPressure = number(
    "mask-pressure", \.maskPressure, default: 0.95,
    "The weight of sparsity in a masked policy's objective at the end of training, 0 to 1.",
    expected: "0 to 1", (0...1).contains)
}

extension PolicyClass {
  /// The classes by the words of `--policy`.
  static let baselines: [(word: String, policyClass: PolicyClass)] = [
    PolicyClass.chromatic, .masked, .toeplitz, .circulant, .unstructured,
  ].map { ($0.rawValue, $0) }

  /// The classes by the words of `--search-space`.
  static let searchSpaces: [(word: String, policyClass: PolicyClass)] = [
    ("sharing", .chromatic), ("edge-removal", .edgeRemoval), ("node-deletion", .nodeDeletion),
  ]
}
