import ChromaticPolicy
import Foundation
import RunPlan
import RunQueue
import Testing

@Suite struct CredibleRangeTests {
  private let result =
    "return=1 steps=2 seconds=3 observations=4 mean=5 squares=6"

  @Test(arguments: [
    ("return=1", "return=1e308"), ("return=1", "return=-1e101"),
    ("steps=2", "steps=9223372036854775807"), ("seconds=3", "seconds=1e300"),
    ("seconds=3", "seconds=-1"), ("observations=4", "observations=9223372036854775807"),
    ("mean=5", "mean=1e200"), ("squares=6", "squares=1e300"),
  ])
  func `a result that would overflow a sum is no result`(part: String, replacement: String) {
    #expect(EvaluationResult(text: result, observationSize: 1) != nil)
    let damaged = result.replacing(part, with: replacement)
    #expect(EvaluationResult(text: damaged, observationSize: 1) == nil)
  }

  @Test(arguments: ["observation-size", "action-size"], [0, -1, Int.max, 1 << 40])
  func `a network of impossible size is no configuration`(field: String, size: Int) {
    let sound = RunConfiguration(environment: "Pendulum-v1", observationSize: 3, actionSize: 1)
    var fields = sound.fields
    fields[field] = String(size)
    #expect(throws: DamagedFields.self) { try RunConfiguration(fields) }
  }

  @Test func `a network that would not fit in memory is refused`() {
    var configuration = RunConfiguration(
      environment: "Pendulum-v1", observationSize: 100_000, actionSize: 1)
    configuration.hiddenSizes = [4096]
    #expect(throws: InvalidSetting.self) { try configuration.validate() }
  }

  @Test(arguments: [
    ("\"iteration\":3", "\"iteration\":9223372036854775807"),
    ("\"failed\":0", "\"failed\":-1"), ("\"parameterNorm\":1", "\"parameterNorm\":1e300"),
  ])
  func `a history line of impossible numbers is none`(part: String, replacement: String) {
    let line = HistoryEntry(iteration: 3, parameterNorm: 1, environmentSteps: 5).line
    #expect(line.contains(part))
    #expect(HistoryEntry(line: line.replacing(part, with: replacement)) == nil)
  }

  @Test func `no number of a history line is taken that is beyond any sum of returns`() throws {
    var entry = HistoryEntry(iteration: 3, parameterNorm: 1, environmentSteps: 5)
    entry.stopped = true
    let parts = Mirror(reflecting: entry).children.map { ($0.label ?? "", $0.value is Bool) }
    let numbers = parts.filter { !$0.1 }.map(\.0)
    let sound = Dictionary(uniqueKeysWithValues: parts.map { ($0, $1 ? "false" : "1") })
    func line(_ fields: [String: String]) -> String {
      "{\(fields.map { "\"\($0)\":\($1)" }.joined(separator: ","))}"
    }
    #expect(HistoryEntry(line: line(sound))?.sparsity == 1)
    for name in numbers {
      let damaged = sound.merging([name: "1e300"]) { $1 }
      #expect(HistoryEntry(line: line(damaged)) == nil, "\(name)")
    }
  }

  @Test func `a reward beyond any sum of returns is damage`() {
    #expect(throws: DamagedFields.self) {
      try PartitionBatch.rewards(of: [PartitionBatch.rewardsField: "1,1e300"], count: 2)
    }
  }

  @Test(arguments: ["observations", "environment-steps", "iteration"])
  func `weights with a count that would overflow are damaged`(field: String) {
    let configuration = RunConfiguration(
      environment: "Pendulum-v1", observationSize: 3, actionSize: 1)
    var fields = WeightsSnapshot(initialFor: configuration).fields(configuration)
    fields[field] = String(Int.max)
    let error = #expect(throws: DamagedFields.self) { try WeightsSnapshot(fields, configuration) }
    #expect(error?.field == field)
  }
}
