import ChromaticPolicy
import Foundation
import RunPlan
import Testing

/// What a class of policies promises holds of what the ring trains.
@Suite struct PolicyClassRingTests {
  private func configuration(_ policyClass: PolicyClass) -> RunConfiguration {
    InProcessRing.smallConfiguration(of: policyClass)
  }

  private func policy(_ ring: InProcessRing) throws -> Policy {
    try ring.finish()
    #expect(try ring.store.runs()[ring.run] == .finished)
    return try PolicyFile.decode(Data(try #require(try ring.policy()).utf8))
  }

  @Test(arguments: [PolicyClass.toeplitz, .circulant, .unstructured])
  func `a structured policy keeps its structure`(policyClass: PolicyClass) throws {
    let configuration = configuration(policyClass)
    let found = try policy(InProcessRing(configuration))
    #expect(found.partition == policyClass.prescribedPartition(on: configuration.architecture))
  }

  @Test func `a fixed partition is the policy's`() throws {
    var configuration = configuration(.chromatic)
    configuration.controller = .fixed
    let edges = configuration.architecture.edgeCount
    let given = Partition(classes: (0..<Int32(edges)).map { $0 % 3 }, classCount: 3)
    configuration.fixedPartition = given.text
    #expect(try policy(InProcessRing(configuration)).partition == given)
    configuration.fixedPartition = String(given.text.dropLast())
    #expect(throws: InvalidSetting.self) { try configuration.validate() }
  }

  @Test func `a mask loses edges under pressure and is reported`() throws {
    var configuration = configuration(.masked)
    configuration.iterations = 30
    configuration.maskPressure = 1
    configuration.stepSize = 0.1
    let ring = try InProcessRing(configuration)
    let found = try policy(ring)
    let sparsities = try ring.history().map { $0.sparsity ?? -1 }
    #expect(abs(sparsities[0] - 0.5) < 0.1)
    #expect((sparsities.last ?? 0) > 0.8)
    #expect(found.partition.edgeCount == configuration.architecture.edgeCount)
    #expect(found.partition.classCount == max(1, found.partition.keptEdgeCount))
  }
}
