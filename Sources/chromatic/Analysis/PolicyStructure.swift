import ChromaticPolicy

/// What is measured of one policy.
struct PolicyStructure: Encodable {
  var policy: String
  var policyClass: PolicyClass
  var architecture: String
  var weights: Int
  var displacementRanks: [Int]
  var classSizes: [Int]

  static let heading = [
    "policy", "class", "layers", "weights", "displacement ranks", "edges per class",
  ]

  init(_ path: String, _ policy: Policy) {
    self.policy = path
    policyClass = policy.policyClass
    architecture = policy.architecture.sizes
    weights = policy.accounting.weights
    displacementRanks = policy.denseMatrices.map { DisplacementRank.of($0) }
    classSizes = policy.partition.classSizes
  }

  var row: [String] {
    let sizes = classSizes.sorted(by: >)
    return [
      policy, policyClass.rawValue, architecture, "\(weights)",
      displacementRanks.map(String.init).joined(separator: ", "),
      "\(sizes.last ?? 0) to \(sizes.first ?? 0)",
    ]
  }
}
