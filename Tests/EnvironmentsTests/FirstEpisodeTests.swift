import ChromaticPolicy
import Randomness
import Testing

@testable import Environments

/// The episodes that are begun before a run is.
@Suite struct FirstEpisodeTests {
  /// Every step breaks after some seconds.
  private final class Breaking: Environment {
    let observationSize = 1
    let actionSize = 1
    let horizon = 1
    let actionRule = ActionRule.identity(size: 1)
    private let seconds: Double
    private(set) var now = 0.0
    private(set) var steps = 0

    init(after seconds: Double) { self.seconds = seconds }

    func reset(
      _ random: inout RandomStream, observation: UnsafeMutableBufferPointer<Double>
    ) throws(EnvironmentFailure) {}

    func step(
      action: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
    ) throws(EnvironmentFailure) -> StepOutcome {
      now += seconds
      steps += 1
      throw EnvironmentFailure("step \(steps) broke")
    }
  }

  @Test(arguments: [(0.1, 4), (10.0, 1), (3.0, 2)])
  func `what breaks at once is tried four times, what hangs once`(seconds: Double, tries: Int) {
    let environment = Breaking(after: seconds)
    let failure = #expect(throws: EnvironmentFailure.self) {
      try environment.tryEpisode(seed: 1) { environment.now }
    }
    #expect(failure?.description == "step \(tries) broke" && environment.steps == tries)
  }
}
