import Foundation
import Testing

@testable import ChromaticPolicy

/// Policies whose biases are shared weights, too: M numbers in all.
@Suite struct SharedBiasTests {
  private let architecture = Architecture(observationSize: 17, hiddenSizes: [41], actionSize: 6)
  private let inputs: [[Double]] = [(0..<17).map { Double($0) / 5 - 1.6 }]

  private func policy(classes: Int) -> Policy {
    PolicyExample.policy(architecture: architecture, classes: 100)
      .clustered(into: classes, sharesBiases: true, inputs: inputs)
  }

  @Test(arguments: [4, 17])
  func `every bias is the weight of its class`(classes: Int) throws {
    let policy = policy(classes: classes)
    let names = try #require(policy.biasClasses)
    #expect(policy.biases == names.map { policy.sharedWeights[Int($0)] })
    #expect(policy.partition.edgeCount == 943 && policy.decisions.edgeCount == 943 + 41)
  }

  @Test func `a bias costs the name of a class instead of a number`() {
    #expect(policy(classes: 4).accounting.bits == 4 * 32 + (943 + 41) * 2)
    #expect(policy(classes: 17).accounting.bits == 17 * 32 + (943 + 41) * 5)
    #expect(policy(classes: 4).accounting.parameters == 4)
  }

  @Test func `the smallest file holds exactly the bits that are counted`() throws {
    let policy = policy(classes: 4)
    let bytes = try #require(CompactPolicy.encode(policy))
    #expect(bytes.count == CompactPolicy.headerSize(policy) + (policy.accounting.bits + 7) / 8)
    let contents = try #require(CompactPolicy.decode(bytes))
    #expect(contents.partition == policy.partition)
    #expect(contents.biasClasses == policy.biasClasses)
    #expect(contents.parameters == policy.parameters.map { Double(Float($0)) })
    for length in 0..<bytes.count { #expect(CompactPolicy.decode(Array(bytes[..<length])) == nil) }
    #expect(CompactPolicy.decode(bytes + [0]) == nil)
    // Only chromatic policies share biases.
    for number in 1..<UInt8(PolicyClass.allCases.count) {
      var other = bytes
      other[3] = 128 | number
      if PolicyClass.allCases[Int(number)] != .chromatic {
        #expect(CompactPolicy.decode(other) == nil)
      }
    }
  }

  @Test func `a policy file keeps the classes and refuses others`() throws {
    let policy = policy(classes: 4)
    let data = PolicyFile.encode(policy)
    #expect(try PolicyFile.decode(data) == policy)
    let text = String(decoding: data, as: UTF8.self)
    let names = try #require(policy.biasClasses).map(String.init).joined(separator: " ")
    for damaged in [
      names.dropLast(2), "4" + names.dropFirst(), "-" + names.dropFirst(),
      (names.hasPrefix("0") ? "1" : "0") + names.dropFirst(),
    ] {
      let changed = Data(text.replacing("\"\(names)\"", with: "\"\(damaged)\"").utf8)
      #expect(throws: PolicyFileError.self) { try PolicyFile.decode(changed) }
    }
  }

  @Test func `biases that share go on sharing when a policy is clustered again`() throws {
    let policy = PolicyExample.policy(architecture: architecture, classes: 100)
      .clustered(into: 6, sharesBiases: true, inputs: inputs)
    let again = policy.clustered(into: 3, inputs: inputs)
    #expect(again.accounting.parameters == 3)
    #expect(try #require(again.biasClasses).allSatisfy { $0 < 3 })
  }

  @Test func `biases that matter more draw the centres`() {
    let small = Architecture(observationSize: 1, hiddenSizes: [1], actionSize: 1)
    let policy = Policy(
      environment: "Pendulum-v1", architecture: small, policyClass: .unstructured,
      partition: .unstructured(on: small), parameters: [0.1, 0.2, 0.9],
      normalisation: .identity(size: 1), training: .init(seed: 1, iteration: 1, controller: "x"))
    // At an observation of 0 the first matrix does not matter, its bias does.
    let importance = small.edgeImportance(weights: [0.1, 0.2], biases: [0.9], over: [[0]])
    #expect(importance.edges[0] == 1e-6 && importance.biases[0] > 0.01)
    let shared = policy.clustered(into: 1, sharesBiases: true, inputs: [[0]])
    let plain = policy.clustered(into: 1, sharesBiases: true)
    #expect(abs(plain.sharedWeights[0] - 0.4) < 1e-12)
    #expect(shared.sharedWeights[0] != plain.sharedWeights[0])
  }

  @Test func `classes per layer keep biases with the matrix that leads to their units`() throws {
    let policy = PolicyExample.policy(architecture: architecture, classes: 100)
      .clustered(into: 3, perLayer: true, sharesBiases: true, inputs: inputs)
    #expect(policy.partition.classCount == 6)
    #expect(try #require(policy.biasClasses).allSatisfy { $0 < 3 })
  }
}
