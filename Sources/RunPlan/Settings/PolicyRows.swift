import ChromaticPolicy

/// What is trained: the network and what its edges share.
extension RunSetting {
  static let policySettings = [
    hidden, policy, searchSpace, partitions, shareBiases, maskPressure,
  ]

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
      .policy, field: "policy", placeholder: "class", "What fixes which edges share a weight")
    setting.read = { configuration, text in
      guard let policyClass = PolicyClass(rawValue: text) else { return false }
      configuration.policyClass = policyClass
      return true
    }
    setting.problem = { configuration in
      configuration.policyClass.problem(on: configuration.architecture).map {
        InvalidSetting("\(configuration.policyClass.argument) \($0)")
      }
    }
    return setting
  }()

  private static let searchSpace = policyClass(
    .searchSpace, field: nil, placeholder: "space", "What the controller decides")

  /// A row whose words name classes of policies.
  private static func policyClass(
    _ flag: PolicyClass.Flag, field: String?, placeholder: String, _ help: String
  ) -> RunSetting {
    let classes = PolicyClass.allCases.filter { $0.word(after: flag) != nil }
    let words = classes.compactMap { $0.word(after: flag) }
    let described = classes.map { "\($0.word(after: flag) ?? "") (\($0.summary))" }
    return RunSetting(
      flag: String(flag.rawValue.dropFirst(2)), field: field,
      form: .value(placeholder: placeholder, words: words),
      help: "\(help): \(described.joined(separator: ", ")).", expected: oneOf(words),
      defaultInWords: PolicyClass.standard.word(after: flag), text: { $0.policyClass.rawValue },
      set: { configuration, text in
        guard let named = classes.first(where: { $0.word(after: flag) == text }) else {
          return false
        }
        configuration.policyClass = named
        return true
      }, reset: { $0.policyClass = .standard })
  }

  private static let partitions: RunSetting = {
    var setting = plain(
      "partitions", \.partitions, default: 17,
      "M, the number of shared weights of a chromatic policy.", expected: "a whole number")
    setting.problem = { configuration in
      let edges = configuration.architecture.edgeCount
      let prescribed = configuration.policyClass.weightCount(on: configuration.architecture)
      let count = configuration.partitions
      guard !(prescribed.map { $0 == count } ?? (1...edges).contains(count)) else { return nil }
      return InvalidSetting(
        "--partitions", is: count,
        expected: prescribed.map {
          "\($0), the number of weights of a \(configuration.policyClass.rawValue) policy"
        } ?? "1 to \(edges), the number of edges of \(configuration.architecture.sizes)")
    }
    setting.start = { configuration, _ in
      let prescribed = configuration.policyClass.weightCount(on: configuration.architecture)
      if let prescribed { configuration.partitions = prescribed }
    }
    return setting
  }()

  private static let shareBiases: RunSetting = {
    var setting = optionalToggle(
      "share-biases", \.sharesBiases,
      "Biases are of the classes, too, instead of numbers of their own: the policy is M numbers in all."
    )
    setting.problem = { configuration in
      guard configuration.sharesBiases != nil, configuration.policyClass != .chromatic else {
        return nil
      }
      return InvalidSetting(
        "--share-biases is for chromatic policies, leave it out with "
          + configuration.policyClass.argument)
    }
    return setting
  }()

  private static let maskPressure: RunSetting = {
    var setting = number(
      "mask-pressure", \.maskPressure, default: 0.95,
      "The weight of sparsity in a masked policy's objective at the end of training, 0 to 1.",
      expected: "0 to 1", (0...1).contains)
    setting.idleness = {
      $0.policyClass == .masked
        ? nil : InvalidSetting("--mask-pressure is of --policy masked: leave it out")
    }
    return setting
  }()
}
