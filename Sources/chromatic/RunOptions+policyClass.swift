import ChromaticPolicy
import RunPlan

extension RunOptions {
  /// The policy class with what follows from it: M, and a controller that has nothing to decide.
  func applyPolicyClass(to configuration: inout RunConfiguration) throws(InvalidSetting) {
    let baseline = policy?.policyClass ?? .standard
    if let searchSpace {
      guard baseline.isSearched else {
        throw InvalidSetting(
          "--search-space is for policies whose structure a controller decides: leave out "
            + baseline.argument)
      }
      configuration.policyClass = searchSpace.policyClass
    } else if policy != nil {
      configuration.policyClass = baseline
    }
    if !configuration.searchesPartitions, controller == nil { configuration.controller = .fixed }
    let weights = configuration.policyClass.weightCount(on: configuration.architecture)
    if let count = partitions ?? weights { configuration.partitions = count }
  }

  /// The partition of another policy, with its M, as the fixed controller's.
  func applyFixedPartition(to configuration: inout RunConfiguration) throws {
    guard let path = fixPartition else { return }
    let policy = try PolicyReader.read(path)
    // Where the user chooses M, any partition of the edges makes a policy.
    guard configuration.policyClass.weightCount(on: configuration.architecture) == nil,
      controller?.searches != true
    else {
      throw InvalidSetting(
        "--fix-partition fixes what a controller of a chromatic policy decides: leave out --policy, "
          + "--search-space and --controller")
    }
    guard policy.architecture == configuration.architecture, !policy.policyClass.removesEdges else {
      throw InvalidSetting(
        "--fix-partition: \(path) is a \(policy.policyClass.rawValue) policy "
          + "\(policy.architecture.sizes), expected a partition of all edges of "
          + configuration.architecture.sizes)
    }
    guard [nil, policy.partition.classCount].contains(partitions) else {
      throw InvalidSetting(
        "--partitions", is: partitions ?? 0,
        expected: "\(policy.partition.classCount), as in \(path), or leave it out")
    }
    configuration.controller = .fixed
    configuration.partitions = policy.partition.classCount
    configuration.fixedPartition = policy.partition.text
  }
}
