import ArchitectureSearch
import EvolutionStrategies
import RunProtocol
import Testing

@Suite struct RunConfigurationTests {
  private var cheetah: RunConfiguration {
    RunConfiguration(environment: "HalfCheetah-v5", observationSize: 17, actionSize: 6)
  }

  @Test func theHashReadsBackAsTheSameConfiguration() throws {
    var configuration = cheetah
    configuration.hiddenSizes = [41, 7]
    configuration.sigma = 0.1 + 0.2
    configuration.seed = .max
    configuration.estimator = .antithetic
    configuration.controller = .random
    configuration.controllerSettings.learningRate = 0.03
    configuration.normalisesReturns = false
    #expect(try RunConfiguration(configuration.fields) == configuration)
    configuration.hiddenSizes = []
    #expect(try RunConfiguration(configuration.fields) == configuration)
  }

  @Test func everyMissingOrDamagedFieldIsNamed() throws {
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
  func aValueOutOfRangeIsRefused(field: String, value: String) {
    var fields = cheetah.fields
    fields[field] = value
    #expect(throws: DamagedFields.self) { try RunConfiguration(fields) }
  }

  @Test func asManyClassesAsEdgesAreAllowedAndNoMore() throws {
    var configuration = cheetah
    configuration.partitions = 943
    try configuration.validate()
    configuration.partitions = 944
    let error = #expect(throws: InvalidSetting.self) { try configuration.validate() }
    #expect(
      error?.description
        == "--partitions is 944, expected 1 to 943, the number of edges of 17-41-6")
  }

  @Test func antitheticPairsNeedAnEvenNumber() {
    var configuration = cheetah
    configuration.estimator = .antithetic
    configuration.perturbations = 301
    #expect(throws: InvalidSetting.self) { try configuration.validate() }
  }
}
