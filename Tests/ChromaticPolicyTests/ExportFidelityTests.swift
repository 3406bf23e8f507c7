import Randomness
import Testing

@testable import ChromaticPolicy

/// How far exported forms act from the policy, and that none is taken that acts otherwise.
@Suite struct ExportFidelityTests {
  private let architecture = Architecture(observationSize: 3, hiddenSizes: [8], actionSize: 2)

  private var inputs: [[Double]] {
    var random = RandomStream(seed: 4, purpose: .simulation)
    return (0..<50).map { _ in (0..<3).map { _ in random.gaussian() } }
  }

  /// A policy whose first observation has that mean and deviation, the others 0 and 1.
  private func policy(mean: Double, deviation: Double) -> Policy {
    var policy = PolicyExample.policy(architecture: architecture, classes: 5)
    policy.normalisation = Normalisation(mean: [mean, 0, 0], deviation: [deviation, 1, 1])
    return policy
  }

  @Test func `ordinary observations keep every form within its limit`() throws {
    let policy = policy(mean: 0.5, deviation: 2)
    let fidelity = ExportFidelity(policy, inputs: inputs)
    #expect(fidelity.error(of: .float) < 1e-5)
    #expect(fidelity.error(of: .fixed) < ExportFidelity.narrowLimit)
    let compact = try #require(CompactPolicy.encode(policy, checkedBy: fidelity))
    #expect(compact.moments == .half && compact.error > 0)
    #expect(compact.bytes == CompactPolicy.encode(policy))
  }

  /// A barometer in hectopascals: half precision has steps of 0.5 there.
  @Test func `a small deviation beside a large mean takes single precision`() throws {
    let policy = policy(mean: 1013.3, deviation: 0.06)
    let fidelity = ExportFidelity(policy, inputs: inputs)
    let compact = try #require(CompactPolicy.encode(policy, checkedBy: fidelity))
    #expect(compact.moments == .single && compact.error <= ExportFidelity.limit)
    let half = try #require(CompactPolicy.encode(policy))
    #expect(compact.bytes.count == half.count + 12)
    let contents = try #require(CompactPolicy.decode(compact.bytes))
    #expect(contents.normalisation.mean[0] == Double(Float(1013.3)))
    #expect(
      fidelity.error(of: try #require(CompactPolicy.decode(half))) > 0.1)
    for length in 0..<compact.bytes.count {
      #expect(CompactPolicy.decode(Array(compact.bytes[..<length])) == nil)
    }
  }

  /// In pascals half precision would read 65,504.
  @Test func `a mean beyond half precision is kept`() throws {
    let policy = policy(mean: 101_325, deviation: 50)
    let fidelity = ExportFidelity(policy, inputs: inputs)
    let compact = try #require(CompactPolicy.encode(policy, checkedBy: fidelity))
    #expect(compact.moments == .single && compact.error < 1e-2)
    #expect(fidelity.error(of: .fixed) > ExportFidelity.limit)
  }

  /// The deviation is lost in the mean, so that every observation is one that the form cannot be given.
  @Test func `a mean that a form's numbers do not reach is beyond its limit`() {
    let far = policy(mean: 1e39, deviation: 0.1)
    #expect(ExportFidelity(far, inputs: inputs).error(of: .float) > ExportFidelity.limit)
    let deep = policy(mean: 40_000, deviation: 1e-13)
    let fidelity = ExportFidelity(deep, inputs: inputs)
    #expect(fidelity.error(of: .fixed) > ExportFidelity.limit)
    #expect(fidelity.error(of: .float) < 1e-5)
  }

  @Test(arguments: [(1e39, 1e38), (0, 1e-60)])
  func `what no narrow form can hold is beyond the limit`(mean: Double, deviation: Double) throws {
    let policy = policy(mean: mean, deviation: deviation)
    let fidelity = ExportFidelity(policy, inputs: inputs)
    for arithmetic in CSource.Arithmetic.allCases {
      #expect(fidelity.error(of: arithmetic) > ExportFidelity.limit)
      #expect(!CSource(policy, arithmetic: arithmetic, rule: nil).text.contains("inf"))
    }
    let compact = try #require(CompactPolicy.encode(policy, checkedBy: fidelity))
    #expect(compact.error > ExportFidelity.limit)
  }
}
