import ChromaticPolicy
import RunPlan
import RunQueue
import Testing

/// Runs that go on from a policy.
@Suite struct InitialPolicyTests {
  private let traits = EnvironmentTraits(observationSize: 3, actionSize: 1)

  /// A policy of 3-4-1 whose weights are all different.
  private var policy: Policy {
    let architecture = Architecture(observationSize: 3, hiddenSizes: [4], actionSize: 1)
    return Policy(
      environment: "Pendulum-v1", architecture: architecture, policyClass: .unstructured,
      partition: .unstructured(on: architecture), parameters: (0..<20).map { Double($0) / 7 - 1 },
      normalisation: Normalisation(mean: [1, -2, 1e6], deviation: [0.5, 3, 1e-3]),
      training: .init(seed: 1, iteration: 2, controller: "fixed"))
  }

  private func start(
    _ policy: Policy, _ given: GivenSettings = ["hidden": "4"], flag: String = "initial-policy"
  ) throws -> RunConfiguration {
    var given = given
    given.policies[flag] = (policy, "p.json")
    return try RunConfiguration(environment: "Pendulum-v1", traits, given: given)
  }

  @Test func `training starts from its weights, biases and normalisation`() throws {
    let configuration = try start(policy)
    #expect(configuration.policyClass == .unstructured && configuration.partitions == 16)
    let weights = WeightsSnapshot(initialFor: configuration)
    #expect(weights.parameters == policy.parameters)
    let normalisation = weights.normalisation(configuration)
    #expect(normalisation.mean == policy.normalisation.mean)
    for (found, given) in zip(normalisation.deviation, policy.normalisation.deviation) {
      #expect(abs(found / given - 1) < 1e-12)
    }
  }

  @Test func `a clustered policy keeps its partition`() throws {
    let clustered = policy.clustered(into: 3)
    let configuration = try start(clustered)
    #expect(configuration.givenPartition == clustered.partition)
    #expect(configuration.controller == .fixed && configuration.partitions == 3)
    #expect(WeightsSnapshot(initialFor: configuration).parameters == clustered.parameters)
  }

  @Test func `other partitions are refused with the way to them`() throws {
    let refusal = #expect(throws: InvalidSetting.self) {
      try start(policy, ["hidden": "4", "partitions": "3"])
    }
    #expect(
      refusal?.description.hasSuffix("add --controller clustering, which finds the partition anew")
        == true, "\(refusal.debugDescription)")
    let anew = try start(
      policy, ["hidden": "4", "partitions": "3", "controller": "clustering"])
    #expect(anew.controller == .clustering && anew.partitions == 3)
  }

  @Test func `the config hash holds all of it`() throws {
    let configuration = try start(policy.clustered(into: 3))
    #expect(try RunConfiguration(configuration.fields) == configuration)
    var fields = configuration.fields
    fields["initial-policy"] = "1,2 0,0,0 1,1,1"
    #expect(throws: DamagedFields.self) { try RunConfiguration(fields) }
    fields["initial-policy"] = nil
    #expect(try RunConfiguration(fields).initialPolicy == nil)
  }

  @Test(arguments: ["policy", "controller", "partitions", "search-space"])
  func `what the policy fixes may not be given beside it`(flag: String) throws {
    let values = [
      "policy": "toeplitz", "controller": "random", "partitions": "3", "search-space": "sharing",
    ]
    let value = try #require(values[flag])
    let error = #expect(throws: InvalidSetting.self) {
      try start(policy, GivenSettings(dictionaryLiteral: ("hidden", "4"), (flag, value)))
    }
    #expect(error?.description.contains("leave out --policy, --search-space") == true)
  }

  @Test func `a policy of other layers or with removed edges is refused by its file's name`() {
    let other = #expect(throws: InvalidSetting.self) { try start(policy, ["hidden": "5"]) }
    #expect(other?.description.contains("p.json is a unstructured policy 3-4-1") == true)
    var masked = policy
    masked.policyClass = .masked
    #expect(throws: InvalidSetting.self) { try start(masked) }
  }

  @Test func `resuming with another policy is a difference`() throws {
    let configuration = try start(policy)
    var given: GivenSettings = [:]
    given.policies["initial-policy"] = (policy, "p.json")
    #expect(try given.difference(from: configuration) == nil)
    given.policies["initial-policy"] = (policy.clustered(into: 2), "p.json")
    #expect(try given.difference(from: configuration) == "initial-policy")
  }
}
