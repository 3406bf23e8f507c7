import ArchitectureSearch
import ChromaticPolicy
import RunPlan
import RunQueue
import Testing

/// Runs that train one latent weight per edge, then the weights of their clusters.
@Suite struct ClusteringPlanTests {
  private let traits = EnvironmentTraits(observationSize: 3, actionSize: 1)

  private func configuration(_ given: GivenSettings = [:]) throws -> RunConfiguration {
    try RunConfiguration(environment: "Pendulum-v1", traits, given: given)
  }

  private func problem(_ given: GivenSettings) -> String {
    let error = #expect(throws: InvalidSetting.self) { try configuration(given) }
    return error?.description ?? ""
  }

  @Test func `a chromatic policy's edges are clustered unless told otherwise`() throws {
    #expect(try configuration().controller == .clustering)
    #expect(try configuration(["controller": "factorised"]).controller == .factorised)
    #expect(try configuration(["search-space": "edge-removal"]).controller == .factorised)
    #expect(try configuration(["policy": "toeplitz"]).controller == .fixed)
  }

  @Test func `steps and start follow from the controller`() throws {
    let latent = try configuration()
    #expect(latent.sigma.description == "0.1:0.02")
    #expect(latent.stepSize.description == "0.04:0.0016")
    #expect(latent.initialDeviation == 0.05)
    #expect(latent.clustering?.stepSize.description == "0.0016:0.0004")
    let given = try configuration(["sigma": "0.05", "frozen-sigma": "0.1"])
    #expect(given.stepSize.description == "0.01")
    #expect(given.clustering?.stepSize.description == "0.04")
    let search = try configuration(["controller": "factorised"])
    #expect(search.sigma.description == "0.05" && search.stepSize.description == "0.01")
    #expect(search.initialDeviation == 0.05 && search.clustering == nil)
    #expect(search.fields["freeze-at"] == nil)
  }

  @Test func `shared biases are decided with the edges and trained as weights`() throws {
    let run = try configuration(["share-biases": "true", "partitions": "5", "hidden": "4"])
    #expect(run.searchSpace.decisionCount == 16 + 4)
    #expect(run.layout(of: 0).count == 20 && run.layout(of: 99).count == 5)
    #expect(run.fields["share-biases"] == "true")
    #expect(try RunConfiguration(run.fields) == run)
    let weights = WeightsSnapshot(initialFor: run)
    #expect(run.latents(weights.parameters, run.layout(of: 0)).count == 20)
    #expect(weights.shared([1, 2, 3, 4, 5], run).parameters == [1, 2, 3, 4, 5])
    #expect(problem(["share-biases": "true", "policy": "toeplitz"]).hasPrefix("--share-biases"))
    #expect(try configuration().fields["share-biases"] == nil)
  }

  @Test(arguments: ["fix-partition", "initial-policy"])
  func `a policy with shared biases goes on with them`(flag: String) throws {
    let architecture = Architecture(observationSize: 3, hiddenSizes: [1], actionSize: 1)
    let policy = Policy(
      environment: "Pendulum-v1", architecture: architecture, policyClass: .chromatic,
      partition: Partition(classes: [1, 0, 1, 0], classCount: 2), parameters: [-2, 3, 3],
      biasClasses: [1], normalisation: .identity(size: 3),
      training: .init(seed: 1, iteration: 2, controller: "x"))
    var given: GivenSettings = ["hidden": "1"]
    given.policies[flag] = (policy, "p.json")
    let run = try configuration(given)
    #expect(run.sharesBiases == true && run.partitions == 2)
    #expect(run.givenPartition == policy.decisions)
    #expect(run.layout(of: 0).count == 2)
    #expect(try RunConfiguration(run.fields) == run)
    #expect(try given.difference(from: run) == nil)
    if flag == "initial-policy" {
      let weights = WeightsSnapshot(initialFor: run)
      #expect(weights.parameters == [-2, 3])
      let played = run.policy(
        parameters: weights.parameters, of: weights, decided: Decided(policy.decisions),
        isProposal: true)
      #expect(played.parameters == policy.parameters && played.partition == policy.partition)
    }
  }

  @Test func `rewards are shuffled only where a controller learns from them`() throws {
    #expect(
      try configuration(["controller": "random", "shuffle-rewards": "true"]).fields[
        "shuffle-rewards"] == "true")
    #expect(try configuration(["shuffle-rewards": "false"]).fields["shuffle-rewards"] == nil)
    #expect(problem(["shuffle-rewards": "true"]).contains("--controller clustering does not"))
  }

  @Test func `residuals are credited where a controller learns from forward differences`() throws {
    let forward: GivenSettings = ["controller": "pointer", "estimator": "forward"]
    let crediting: GivenSettings = [
      "controller": "pointer", "estimator": "forward", "residual-rewards": "true",
    ]
    #expect(try configuration(crediting).fields["residual-rewards"] == "true")
    #expect(try configuration(forward).fields["residual-rewards"] == nil)
    #expect(
      problem(["controller": "pointer", "residual-rewards": "true"]).contains("--estimator forward")
    )
    #expect(problem(["residual-rewards": "true"]).contains("--controller clustering does not"))
  }

  @Test func `a preset names values that single flags override`() throws {
    #expect(try configuration(["preset": "fast"]) == configuration())
    let paper = try configuration(["preset": "paper", "sigma": "0.2"])
    #expect(paper.controller == .pointer && paper.estimator == .forward)
    #expect(paper.perturbations + paper.pivots == 301)
    #expect(paper.controllerSettings.initialConcentration == 0)
    #expect(paper.controllerSettings.replayWeight == 0.02)
    #expect(paper.sigma.description == "0.2" && paper.stepSize.description == "0.03")
    #expect(problem(["preset": "slow"]) == "--preset is 'slow', expected one of fast, paper")
    for preset in Preset.all {
      for (flag, _) in preset.values { #expect(RunSetting.named(flag) != nil, "--\(flag)") }
    }
  }

  @Test(arguments: [("17", "1.0"), ("4", "0.6"), ("1", "0.6")])
  func `latents adapt to few classes`(partitions: String, share: String) throws {
    #expect(try configuration(["partitions": partitions]).fields["cluster-at"] == share)
    let given = try configuration(["partitions": partitions, "cluster-at": "0.5"])
    #expect(given.fields["cluster-at"] == "0.5" && given.fields["freeze-at"] == "0.9")
  }

  @Test func `the config hash holds the plan`() throws {
    let given = try configuration(["cluster-at": "0.25", "frozen-sigma": "0.03:0.02"])
    #expect(try RunConfiguration(given.fields) == given)
    var fields = given.fields
    fields["freeze-at"] = "2"
    #expect(throws: DamagedFields.self) { try RunConfiguration(fields) }
  }

  @Test func `what goes wrong is said by flag`() {
    #expect(
      problem(["controller": "random", "freeze-at": "0.5"])
        == "--cluster-at, --freeze-at, --frozen-sigma, --frozen-step-size are for --controller "
        + "clustering: leave them out")
    #expect(problem(["freeze-at": "0"]).hasPrefix("--freeze-at is 0.0, expected a share"))
    #expect(problem(["freeze-at": "nan"]).hasPrefix("--freeze-at is nan, expected a share"))
    #expect(problem(["cluster-at": "1.5"]).hasPrefix("--cluster-at is 1.5, expected a share"))
    #expect(problem(["iterations": "1", "freeze-at": "0.1"]).contains("at least one of the 1"))
    #expect(problem(["frozen-sigma": "0.1:0"]).hasPrefix("--frozen-sigma is 0.1:0"))
    #expect(problem(["search-interval": "2"]).hasPrefix("--search-interval is 2, expected 1"))
    #expect(
      problem(["controller": "clustering", "search-space": "edge-removal"])
        .contains("expected another with --search-space edge-removal"))
  }

  @Test func `latents until the partition is frozen, then one weight per class`() throws {
    let run = try configuration([
      "iterations": "10", "freeze-at": "0.7", "cluster-at": "0.4", "partitions": "5",
    ])
    let edges = run.architecture.edgeCount
    #expect(
      (0...10).map { run.layout(of: $0).weights.count == edges } == Array(repeating: true, count: 7)
        + Array(repeating: false, count: 4))
    #expect(run.layout(of: 7).weights.count == 5)
    #expect(
      (0..<10).map(run.playsClasses) == [Bool](repeating: false, count: 4)
        + [Bool](repeating: true, count: 6))
    let schedule = TaskSchedule(run)
    #expect(schedule.batchSize == 1)
    #expect((0..<10).map(schedule.batch) == [0, 1, 2, 3, 4, 5, 6, 7, 7, 7])
    #expect((0..<9).filter(schedule.endsBatch) == [0, 1, 2, 3, 4, 5, 6])
    #expect([0, 6, 7, 9].map(run.sigma) == [0.1, 0.02, 0.02, 0.01])
    #expect([0, 6, 7, 9].map(run.stepSize) == [0.04, 0.0016, 0.0016, 0.0004])
  }

  @Test func `a run may stay with latents to its end`() throws {
    let run = try configuration(["iterations": "4", "freeze-at": "1"])
    #expect((0..<4).allSatisfy { run.form(of: $0) == .latent })
    #expect(run.sigma(of: 3) == 0.02)
  }

  @Test func `weights say in Redis whether they are latents`() throws {
    let run = try configuration(["iterations": "10", "partitions": "5"])
    var weights = WeightsSnapshot(initialFor: run)
    #expect(weights.form == .latent)
    let fields = weights.fields(run)
    #expect(fields["shared"] == nil)
    #expect(try WeightsSnapshot(fields, run) == weights)
    // The last reduction of latents leaves them to the controller under the next iteration's number.
    weights.iteration = 9
    #expect(try WeightsSnapshot(weights.fields(run), run).form == .latent)
    let shared = weights.shared([1, 2, 3, 4, 5], run)
    #expect(shared.fields(run)["latents"] == nil)
    #expect(try WeightsSnapshot(shared.fields(run), run) == shared)
    #expect(shared.parameters.prefix(5) == [1, 2, 3, 4, 5])
    #expect(shared.parameters.dropFirst(5) == weights.parameters.suffix(41))
    weights.iteration = 8
    #expect(throws: DamagedFields.self) {
      var early = shared
      early.iteration = 8
      return try WeightsSnapshot(early.fields(run), run)
    }
  }

  @Test func `centres that are missing or not ascending are damage`() throws {
    let run = try configuration(["hidden": "none", "partitions": "2"])
    let partition = Partition(classes: [0, 1, 1], classCount: 2)
    var fields = PartitionBatch.fields(
      number: 0, partitions: [partition], proposal: partition, centres: [-1, 1])
    let found = try PartitionBatch.decided("proposal", of: fields, form: .latent, run)
    #expect(found == Decided(partition, centres: [-1, 1]))
    for damaged in [nil, "1,-1", "1", "1,x"] {
      fields["centres"] = damaged
      #expect(throws: DamagedFields.self) {
        try PartitionBatch.decided("proposal", of: fields, form: .latent, run)
      }
    }
    #expect(try PartitionBatch.decided("0", of: fields, form: .shared, run).centres == nil)
  }

  @Test func `training goes on from any policy's weights as latents`() throws {
    let architecture = Architecture(observationSize: 3, hiddenSizes: [], actionSize: 1)
    let policy = Policy(
      environment: "Pendulum-v1", architecture: architecture, policyClass: .chromatic,
      partition: Partition(classes: [1, 0, 1], classCount: 2), parameters: [-2, 3],
      normalisation: .identity(size: 3), training: .init(seed: 1, iteration: 2, controller: "x"))
    var given: GivenSettings = ["hidden": "none", "controller": "clustering", "partitions": "3"]
    given.policies["initial-policy"] = (policy, "p.json")
    let run = try configuration(given)
    #expect(run.controller == .clustering && run.partitions == 3 && run.fixedPartition == nil)
    #expect(WeightsSnapshot(initialFor: run).parameters == [3, -2, 3])
    #expect(try RunConfiguration(run.fields) == run)
    #expect(try given.difference(from: run) == nil)
  }
}
