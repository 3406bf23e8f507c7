import ChromaticPolicy
import Logging
import RunPlan
import RunQueue
import Testing

@testable import Ring

/// A run that asks for more than a queue takes fails alone.
@Suite struct OversizeRunTests {
  private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  private func configuration(hidden: Int) -> RunConfiguration {
    var configuration = RunConfiguration(
      environment: .init("Pendulum-v1"), observationSize: 3, actionSize: 1)
    configuration.hiddenSizes = [hidden]
    configuration.perturbations = 600
    return configuration
  }

  @Test func `a batch that is too large ends its run with the reason, the next is served`() throws {
    let store = InMemoryRunStore(limits: QueueLimits(effectBytes: 100_000))
    let runs = try ["large", "small"].map { try #require(RunID($0)) }
    for (run, hidden) in zip(runs, [100, 8]) {
      try store.submit(run, config: configuration(hidden: hidden).fields)
    }
    var controller = Controller(store: store, logger: quiet)
    for _ in runs { try controller.step(timeout: 0) }
    #expect(try store.runs() == [runs[0]: .failed, runs[1]: .running])
    let message = try store.fields(["message"], in: .state, of: runs[0])[0]
    #expect(message?.contains("bytes, at most 100000 are taken: use fewer") == true)
  }

  @Test func `more evaluations than an iteration may hold are refused by their flags`() {
    var training = configuration(hidden: 8)
    training.perturbations = 99_998
    #expect(throws: InvalidSetting.self) { try training.validate() }
    training.perturbations = 99_996
    #expect(throws: Never.self) { try training.validate() }
    training.finalistEpisodes = 20_001
    #expect(throws: InvalidSetting.self) { try training.validate() }
  }
}
