import ArchitectureSearch
import ChromaticPolicy

/// The settings that somebody gave a run, by their flags; all others follow from rows and environment.
public struct GivenSettings: Sendable, ExpressibleByDictionaryLiteral {
  /// Flags and their values, in the order of the rows; one flag several times where it is a list.
  public private(set) var values: [(setting: RunSetting, text: String)]
  /// The flags among them whose values a preset has.
  private var presetFlags: Set<String> = []
  /// The policies that flags name, and the files they are from.
  public var policies: [String: (policy: Policy, path: String)] = [:]

  /// The given values and those of a preset among them, in the order of the rows.
  public init(_ values: [(setting: RunSetting, text: String)] = []) {
    let name = values.last { $0.setting.flag == RunSetting.preset.flag }?.text
    let named = name.flatMap(Preset.named)?.values ?? []
    presetFlags = Set(named.map(\.flag)).subtracting(values.map(\.setting.flag))
    self.values = RunSetting.all.flatMap { setting in
      let given = values.filter { $0.setting.flag == setting.flag }
      guard given.isEmpty else { return setting.joined(given.map(\.text)).map { (setting, $0) } }
      return named.filter { $0.flag == setting.flag }.map { (setting, $0.text) }
    }
  }

  /// Values by flag, each of which a row has.
  public init(dictionaryLiteral flags: (String, String)...) {
    self.init(
      flags.map { flag, text in
        guard let setting = RunSetting.named(flag) else {
          preconditionFailure("no setting has the flag --\(flag)")
        }
        return (setting, text)
      })
  }

  /// Sets what was given.
  public func apply(to configuration: inout RunConfiguration) throws(InvalidSetting) {
    for (setting, text) in values { try setting.set(&configuration, to: text) }
    if let (policy, path) = policies["fix-partition"] {
      try configuration.fix(policy, from: path, given: self)
    }
    if let (policy, path) = policies["initial-policy"] {
      try configuration.begin(with: policy, from: path, given: self)
    }
  }

  /// Sets what was given for the environment alone.
  public func apply(to environment: inout EnvironmentSettings) throws(InvalidSetting) {
    var configuration = RunConfiguration(
      environment: environment, observationSize: 1, actionSize: 1)
    let flags = RunSetting.environmentFlags
    for (setting, text) in values where flags.contains(where: { $0.flag == setting.flag }) {
      try setting.set(&configuration, to: text)
    }
    for flag in flags {
      if let problem = flag.problem(configuration) { throw problem }
    }
    environment = configuration.environment
  }

  /// The flag of the first given value that is another one than in `configuration`, nil if none is.
  public func difference(from configuration: RunConfiguration) throws(InvalidSetting) -> String? {
    for (setting, text) in values {
      var changed = configuration
      try setting.set(&changed, to: text)
      if changed != configuration { return setting.flag }
    }
    if let (policy, _) = policies["fix-partition"],
      policy.decisions.text != configuration.fixedPartition
    {
      return "fix-partition"
    }
    if let (policy, _) = policies["initial-policy"],
      InitialPolicy(policy, form: configuration.form(of: 0)) != configuration.initialPolicy
    {
      return "initial-policy"
    }
    return nil
  }

  /// How many iterations were asked for, nil if that was left to the default.
  public var iterations: Int? { value(of: "iterations").flatMap { Int($0) } }

  /// The value given for a flag.
  func value(of flag: String) -> String? { values.last { $0.setting.flag == flag }?.text }
}

extension RunConfiguration {
  /// The configuration of a new run: what is given, and by their rows' start rules what is not.
  ///
  /// Throws for the first setting that is outside its range, or does not go with another.
  public init(
    environment: EnvironmentSettings, _ traits: EnvironmentTraits, given: GivenSettings
  ) throws(InvalidSetting) {
    self.init(
      environment: environment, observationSize: traits.observationSize,
      actionSize: traits.actionSize)
    try given.checkPolicyClass()
    try given.apply(to: &self)
    self.environment.options.merge(traits.pins) { given, _ in given }
    for setting in RunSetting.all where given.value(of: setting.flag) == nil {
      setting.start?(&self, traits)
    }
    try validate()
  }

  /// Keeps the partition of `policy`, with its M, for the whole run.
  fileprivate mutating func fix(
    _ policy: Policy, from path: String, given: GivenSettings
  ) throws(InvalidSetting) {
    // Where the user chooses M, any partition of the edges makes a policy.
    guard policyClass.weightCount(on: architecture) == nil,
      given.value(of: "controller").flatMap(ControllerKind.init(rawValue:))?.searches != true
    else {
      throw InvalidSetting(
        "--fix-partition fixes what a controller of a chromatic policy decides: leave out --policy, "
          + "--search-space and --controller")
    }
    guard policy.architecture == architecture, !policy.policyClass.removesEdges else {
      throw InvalidSetting(
        "--fix-partition: \(path) is a \(policy.policyClass.rawValue) policy "
          + "\(policy.architecture.sizes), expected a partition of all edges of "
          + architecture.sizes)
    }
    let count = policy.partition.classCount
    guard [nil, count].contains(given.value(of: "partitions").flatMap { Int($0) }) else {
      throw InvalidSetting(
        "--partitions", is: partitions, expected: "\(count), as in \(path), or leave it out")
    }
    fix(policy)
  }

  /// Goes on with the class, the partition and the weights of `policy`.
  fileprivate mutating func begin(
    with policy: Policy, from path: String, given: GivenSettings
  ) throws(InvalidSetting) {
    let latents = given.value(of: "controller") == ControllerKind.clustering.rawValue
    let others = ["policy", "search-space"] + (latents ? [] : ["controller", "partitions"])
    guard others.allSatisfy({ given.value(of: $0) == nil }), given.policies["fix-partition"] == nil
    else {
      throw InvalidSetting(
        "--initial-policy goes on with the class and the partition of \(path): leave out "
          + (others + ["fix-partition"]).map { "--\($0)" }.joined(separator: ", ")
          + (latents ? "" : "; or add --controller clustering, which finds the partition anew"))
    }
    guard policy.architecture == architecture, !policy.policyClass.removesEdges else {
      throw InvalidSetting(
        "--initial-policy: \(path) is a \(policy.policyClass.rawValue) policy "
          + "\(policy.architecture.sizes), expected one with all edges of \(architecture.sizes)")
    }
    guard !latents else {
      initialPolicy = InitialPolicy(policy, form: .latent)
      return
    }
    policyClass = policy.policyClass
    if policyClass.isSearched { fix(policy) }
    initialPolicy = InitialPolicy(policy)
  }

  /// Keeps the partition of `policy`, with its M, for the whole run.
  public mutating func fix(_ policy: Policy) {
    controller = .fixed
    clustering = nil
    partitions = policy.partition.classCount
    sharesBiases = policy.biasClasses == nil ? nil : true
    fixedPartition = policy.decisions.text
  }

  /// Keeps the partition that `other` keeps, whichever it is.
  public mutating func takePartition(from other: RunConfiguration) {
    (controller, clustering) = (other.controller, other.clustering)
    (partitions, sharesBiases) = (other.partitions, other.sharesBiases)
    fixedPartition = other.fixedPartition
  }
}

extension GivenSettings {
  /// The flags that were given, other than by a preset, and are nothing to the run; why, by the flag.
  public func idle(in configuration: RunConfiguration) -> [String: InvalidSetting] {
    values.reduce(into: [:]) { found, value in
      guard !presetFlags.contains(value.setting.flag) else { return }
      found[value.setting.flag] = value.setting.idleness(configuration)
    }
  }

  /// Throws if a search space is asked for beside a baseline, which has none.
  fileprivate func checkPolicyClass() throws(InvalidSetting) {
    guard value(of: "search-space") != nil, let word = value(of: "policy"),
      let policy = PolicyClass.allCases.first(where: { $0.word(after: .policy) == word }),
      !policy.isSearched
    else { return }
    throw InvalidSetting(
      "--search-space is for policies whose structure a controller decides: leave out "
        + policy.argument)
  }
}
