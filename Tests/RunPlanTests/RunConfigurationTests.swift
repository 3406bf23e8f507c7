import ArchitectureSearch
import EvolutionStrategies
import RunPlan
import RunQueue
import Testing

@Suite struct RunConfigurationTests {
  private var cheetah: RunConfiguration {
    RunConfiguration(environment: "HalfCheetah-v5", observationSize: 17, actionSize: 6)
  }

  @Test func `the hash reads back as the same configuration`() throws {
    var configuration = cheetah
    configuration.hiddenSizes = [41, 7]
    configuration.sigma = SettingSchedule(0.1 + 0.2)
    configuration.stepSize = SettingSchedule(from: 0.04, to: 0.0016)
    configuration.seed = .max
    configuration.estimator = .antithetic
    configuration.initialDeviation = 0.07
    configuration.controller = .random
    configuration.controllerSettings.learningRate = 0.03
    configuration.normalisesReturns = false
    #expect(try RunConfiguration(configuration.fields) == configuration)
    configuration.hiddenSizes = []
    #expect(try RunConfiguration(configuration.fields) == configuration)
  }

  @Test func `every missing or damaged field is named`() throws {
    let fields = cheetah.fields
    for name in fields.keys where name != "hidden" {
      var missing = fields
      missing[name] = nil
      let error = #expect(throws: DamagedFields.self) { try RunConfiguration(missing) }
      #expect(error?.field == name)
      var damaged = fields
      damaged[name] = "~"
      if name != "environment" {
        #expect(throws: DamagedFields.self) { try RunConfiguration(damaged) }
      }
    }
  }

  @Test(arguments: [
    ("partitions", "0"), ("partitions", "944"), ("sigma", "0"), ("sigma", "nan"), ("sigma", "-1"),
    ("iterations", "0"), ("perturbations", "-2"), ("hidden", "0"), ("hidden", "41,x"),
    ("observation-size", "0"), ("step-size", "inf"), ("search-interval", "0"), ("pivots", "0"),
  ])
  func `a value out of range is refused`(field: String, value: String) {
    var fields = cheetah.fields
    fields["estimator"] = "forward"
    fields[field] = value
    #expect(throws: DamagedFields.self) { try RunConfiguration(fields) }
  }

  @Test func `as many classes as edges are allowed and no more`() throws {
    var configuration = cheetah
    configuration.partitions = 943
    try configuration.validate()
    configuration.partitions = 944
    let error = #expect(throws: InvalidSetting.self) { try configuration.validate() }
    #expect(
      error?.description
        == "--partitions is 944, expected 1 to 943, the number of edges of 17-41-6")
  }

  @Test func `antithetic pairs need an even number`() {
    var configuration = cheetah
    configuration.estimator = .antithetic
    configuration.perturbations = 301
    #expect(throws: InvalidSetting.self) { try configuration.validate() }
  }

  /// tanh is odd: with an even number of layers −W plays as W does.
  @Test(arguments: [([], false), ([41], true), ([41, 41], false), ([8, 8, 8], true)])
  func `antithetic pairs do not start where they cancel`(hidden: [Int], cancels: Bool) throws {
    var configuration = cheetah
    configuration.hiddenSizes = hidden
    configuration.initialDeviation = 0
    configuration.estimator = .forward
    try configuration.validate()
    configuration.estimator = .antithetic
    #expect(configuration.zeroIsStationary == cancels)
    if cancels {
      let error = #expect(throws: InvalidSetting.self) { try configuration.validate() }
      #expect(error?.description.hasPrefix("--initial-deviation is 0.0") == true)
    }
    configuration.initialDeviation = 0.1
    try configuration.validate()
  }

  @Test(arguments: [-0.1, .nan, .infinity, 1001])
  func `an impossible initial deviation is refused`(deviation: Double) {
    var configuration = cheetah
    configuration.initialDeviation = deviation
    #expect(throws: InvalidSetting.self) { try configuration.validate() }
  }

  @Test func `training starts from the initial deviation`() {
    var configuration = cheetah
    configuration.policyClass = .unstructured
    configuration.partitions = 943
    configuration.initialDeviation = 0
    #expect(WeightsSnapshot(initialFor: configuration).parameters.allSatisfy { $0 == 0 })
    configuration.initialDeviation = 0.2
    let parameters = WeightsSnapshot(initialFor: configuration).parameters
    let weights = parameters.prefix(943)
    let variance = weights.reduce(0) { $0 + $1 * $1 } / 943
    #expect(abs(variance - 0.04) < 5 * 0.04 * (2.0 / 943).squareRoot())
    #expect(parameters.dropFirst(943).allSatisfy { $0 == 0 })
    configuration.seed = 1
    #expect(WeightsSnapshot(initialFor: configuration).parameters != parameters)
  }
}
