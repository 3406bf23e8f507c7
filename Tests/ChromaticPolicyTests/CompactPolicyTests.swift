import Testing

@testable import ChromaticPolicy

@Suite struct CompactPolicyTests {
  private let architecture = Architecture(observationSize: 17, hiddenSizes: [41], actionSize: 6)

  private func policy(_ policyClass: PolicyClass = .chromatic) -> Policy {
    let example = PolicyExample.policy(architecture: architecture, classes: 17)
    guard policyClass != .chromatic else { return example }
    let classes = (0..<architecture.edgeCount).map { edge -> Int32 in
      edge % 3 == 0 ? Partition.removed : Int32(edge)
    }
    let partition =
      policyClass.prescribedPartition(on: architecture)
      ?? Partition(classes: classes, classCount: classes.count)
    let weights = (0..<partition.classCount).map { Double($0) * 0.25 - 3 }
    let deployed =
      policyClass.removesEdges ? partition.compacted(weights) : (partition, weights)
    return Policy(
      environment: "HalfCheetah-v5", architecture: architecture, policyClass: policyClass,
      partition: deployed.0, parameters: deployed.1 + example.biases,
      normalisation: example.normalisation, training: example.training)
  }

  @Test func `seventeen weights of a HalfCheetah policy fit into 900 bytes`() throws {
    let policy = policy()
    let bytes = try #require(CompactPolicy.encode(policy))
    #expect(bytes.count == CompactPolicy.headerSize(policy) + (policy.accounting.bits + 7) / 8)
    #expect(bytes.count < 900)
  }

  @Test(arguments: PolicyClass.allCases)
  func `what is read back is the policy in single precision`(policyClass: PolicyClass) throws {
    let policy = policy(policyClass)
    let bytes = try #require(CompactPolicy.encode(policy))
    let contents = try #require(CompactPolicy.decode(bytes))
    #expect(contents.partition == policy.partition)
    #expect(contents.architecture == architecture && contents.policyClass == policyClass)
    #expect(contents.parameters == policy.parameters.map { Double(Float($0)) })
    for (a, b) in zip(contents.normalisation.deviation, policy.normalisation.deviation) {
      #expect(abs(a / b - 1) < 1e-3)
    }
  }

  @Test func `it acts as the policy does`() throws {
    let policy = policy()
    let bytes = try #require(CompactPolicy.encode(policy))
    let contents = try #require(CompactPolicy.decode(bytes))
    let compact = PolicyNetwork(architecture)
    compact.load(
      parameters: contents.parameters, partition: contents.partition,
      normalisation: contents.normalisation)
    let observation = (0..<17).map { Double($0) * 0.2 - 1.5 }
    var actions = [[Double]](repeating: [Double](repeating: 0, count: 6), count: 2)
    for (number, network) in [policy.network(), compact].enumerated() {
      observation.withUnsafeBufferPointer { x in
        actions[number].withUnsafeMutableBufferPointer { network.act(on: x, action: $0) }
      }
    }
    for (a, b) in zip(actions[0], actions[1]) { #expect(abs(a - b) < 1e-2) }
  }

  @Test func `bytes cut short, lengthened or changed in the header are refused`() throws {
    let bytes = try #require(CompactPolicy.encode(policy()))
    for count in bytes.indices { #expect(CompactPolicy.decode(Array(bytes[..<count])) == nil) }
    #expect(CompactPolicy.decode(bytes + [0]) == nil)
    for position in 0..<5 {
      var changed = bytes
      changed[position] = 255
      #expect(CompactPolicy.decode(changed) == nil)
    }
  }
}
