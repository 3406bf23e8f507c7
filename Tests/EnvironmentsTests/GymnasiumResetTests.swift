import ChromaticPolicy
import Randomness
import Testing

@testable import Environments

@Suite struct GymnasiumResetTests {
  private static let count = 2000

  @Test(
    arguments: ParityCase.defaults.map(\.settings.id)
      + ["Pendulum-v1", "CartPole-v1", "MountainCarContinuous-v0"])
  func `2,000 resets have the means, deviations and tails of Gymnasium's`(id: String) throws {
    try check(EnvironmentSettings(id))
  }

  @Test(arguments: [
    "Swimmer-v5", "Hopper-v5", "HalfCheetah-v5", "Walker2d-v5", "Ant-v5", "Humanoid-v5",
    "InvertedPendulum-v5", "InvertedDoublePendulum-v5",
  ])
  func `the option reset_noise_scale spreads initial states as Gymnasium's keyword argument does`(
    id: String
  ) throws {
    try check(EnvironmentSettings(id, options: ["reset_noise_scale": "0.03"]))
  }

  private func check(_ settings: EnvironmentSettings) throws {
    let theirs = try GymnasiumReference.resetMoments(
      settings.id, options: settings.options, count: Self.count)
    let ours = try ResetMoments(settings, count: Self.count)
    #expect(ours.mean.count == theirs.mean.count)
    for i in theirs.mean.indices {
      let deviation = theirs.deviation[i]
      let kurtosis = theirs.kurtosis[i]
      guard deviation > 0 else {
        #expect(ours.deviation[i] == 0 && abs(ours.mean[i] - theirs.mean[i]) < 1e-9)
        continue
      }
      // Four standard errors of the difference of two samples of 2,000.
      #expect(abs(ours.mean[i] - theirs.mean[i]) < 4 * deviation * 0.0316)
      #expect(abs(ours.deviation[i] / deviation - 1) < 4 * ((kurtosis - 1) / 4000).squareRoot())
      #expect(abs(ours.kurtosis[i] - kurtosis) < 4 * 0.155)
    }
  }
}

/// Moments of each component of the first observation over many resets; a component that varies by
/// less than 1e-9 has no deviation and no kurtosis.
struct ResetMoments {
  private(set) var mean: [Double] = []
  private(set) var deviation: [Double] = []
  private(set) var kurtosis: [Double] = []

  init(_ settings: EnvironmentSettings, count: Int) throws {
    let environment = try EnvironmentCatalog.make(settings)
    let buffer = ObservationBuffer(environment.observationSize)
    let first = try (0..<count).map { index in
      var random = RandomStream.episodes(UInt32(index))
      try environment.reset(&random, observation: buffer.pointer)
      return buffer.values
    }
    for i in 0..<environment.observationSize { add(first.map { $0[i] }) }
  }

  private mutating func add(_ values: [Double]) {
    let count = Double(values.count)
    let centre = values.reduce(0, +) / count
    let varies = values.contains { abs($0 - values[0]) > 1e-9 }
    let squares = values.map { ($0 - centre) * ($0 - centre) }
    let variance = squares.reduce(0, +) / count
    let fourth = squares.reduce(0) { $0 + $1 * $1 } / count
    mean.append(centre)
    deviation.append(varies ? variance.squareRoot() : 0)
    kurtosis.append(varies ? fourth / (variance * variance) : 0)
  }
}
