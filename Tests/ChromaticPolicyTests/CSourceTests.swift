import Foundation
import Randomness
import Testing

@testable import ChromaticPolicy

/// The exported C file, compiled by a C compiler and run.
@Suite struct CSourceTests {
  private static let policies: [(name: String, policy: Policy)] = {
    let small = Architecture(observationSize: 6, hiddenSizes: [7, 5], actionSize: 3)
    let linear = Architecture(observationSize: 5, hiddenSizes: [], actionSize: 2)
    return [
      ("two hidden layers", PolicyExample.policy(architecture: small, classes: 4)),
      ("linear", PolicyExample.policy(architecture: linear, classes: 3)),
      ("one class", PolicyExample.policy(architecture: linear, classes: 1)),
      ("removed edges", pruned(PolicyExample.policy(architecture: small, classes: 92))),
    ]
  }()

  /// The policy without every third edge.
  private static func pruned(_ policy: Policy) -> Policy {
    let classes = (0..<policy.partition.edgeCount).map { edge -> Int32 in
      edge % 3 == 0 ? Partition.removed : Int32(edge)
    }
    let partition = Partition(classes: classes, classCount: classes.count)
    let deployed = partition.compacted(policy.sharedWeights)
    return Policy(
      environment: policy.environment, architecture: policy.architecture, policyClass: .masked,
      partition: deployed.partition, parameters: deployed.weights + policy.biases,
      normalisation: policy.normalisation, training: policy.training)
  }

  @Test(arguments: policies, CSource.Arithmetic.allCases)
  func `ten thousand actions of the compiled file are the network's`(
    example: (name: String, policy: Policy), arithmetic: CSource.Arithmetic
  ) throws {
    let program = try CompiledPolicy(example.policy, arithmetic)
    var random = RandomStream(seed: 2, purpose: .episode)
    let size = example.policy.architecture.observationSize
    let observations = (0..<10_000).map { _ in (0..<size).map { _ in random.uniform(-3, 3) } }
    let actions = try program.actions(on: observations)
    let network = example.policy.network()
    var expected = [Double](repeating: 0, count: example.policy.architecture.actionSize)
    var worst = 0.0
    for (observation, action) in zip(observations, actions) {
      observation.withUnsafeBufferPointer { x in
        expected.withUnsafeMutableBufferPointer { network.act(on: x, action: $0) }
      }
      for (a, b) in zip(action, expected) { worst = max(worst, abs(a - b)) }
    }
    #expect(actions.count == 10_000)
    #expect(worst < (arithmetic == .float ? 2e-5 : 1e-2), "\(example.name): \(worst)")
    #expect(worst > 0)
  }

  /// What the export says of its error holds of what the compiler makes of it.
  @Test(arguments: policies)
  func `the compiled file computes what its measure repeats`(
    example: (name: String, policy: Policy)
  ) throws {
    var random = RandomStream(seed: 3, purpose: .episode)
    let size = example.policy.architecture.observationSize
    let observations = (0..<500).map { _ in (0..<size).map { _ in random.uniform(-30, 30) } }
    let fixed = FixedNetwork(example.policy)
    #expect(
      try CompiledPolicy(example.policy, .fixed).actions(on: observations)
        == observations.map(fixed.act))
    let float = FloatNetwork(example.policy)
    let compiled = try CompiledPolicy(example.policy, .float).actions(on: observations)
    for (action, expected) in zip(compiled, observations.map(float.act)) {
      for (a, b) in zip(action, expected) { #expect(abs(a - b) < 1e-6) }
    }
  }

  @Test func `two policies are linked into one program through their headers`() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "policies-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    func path(_ name: String) -> String { directory.appending(path: name).path }
    for (name, arithmetic) in [("walk", CSource.Arithmetic.float), ("run", .fixed)] {
      let source = CSource(
        Self.policies[0].policy, arithmetic: arithmetic, name: name, rule: .identity(size: 3))
      try source.text.write(toFile: path("\(name).c"), atomically: true, encoding: .utf8)
      try source.header.write(toFile: path("\(name).h"), atomically: true, encoding: .utf8)
    }
    let main = """
      #include "walk.h"
      #include "run.h"
      int main(void) {
        float x[WALK_OBSERVATIONS] = {0}, y[WALK_ACTIONS];
        int32_t u[RUN_OBSERVATIONS] = {0}, v[RUN_ACTIONS];
        walk_act(x, y);
        run_act(u, v);
        return y[0] < -1.0f || v[0] < -65536;
      }
      """
    try main.write(toFile: path("main.c"), atomically: true, encoding: .utf8)
    try CompiledPolicy.run(
      "clang",
      ["-std=c99", "-Wall", "-Wextra", "-Werror", "-o", path("program")]
        + ["main.c", "walk.c", "run.c"].map(path) + ["-lm"])
    try CompiledPolicy.run(path("program"), [])
  }

  /// A name may be a word of the language, or hold the prefix that it replaces.
  @Test(arguments: ["int", "my_CHROMATIC", "class"], CSource.Arithmetic.allCases)
  func `a C++ program calls the policy by its header`(name: String, arithmetic: CSource.Arithmetic)
    throws
  {
    let directory = FileManager.default.temporaryDirectory.appending(path: "policies-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    func path(_ name: String) -> String { directory.appending(path: name).path }
    var policy = Self.policies[0].policy
    policy.environment = EnvironmentSettings("gym:/*a*/b")
    let source = CSource(policy, arithmetic: arithmetic, name: name, rule: .identity(size: 3))
    try source.text.write(toFile: path("policy.c"), atomically: true, encoding: .utf8)
    try source.header.write(toFile: path("policy.h"), atomically: true, encoding: .utf8)
    let number = arithmetic == .float ? "float" : "int32_t"
    let main = """
      #include "policy.h"
      int main() {
        \(number) x[\(name.uppercased())_OBSERVATIONS] = {0}, y[\(name.uppercased())_ACTIONS];
        \(name)_act(x, y);
        return y[0] < -65536;
      }

      """
    try main.write(toFile: path("main.cpp"), atomically: true, encoding: .utf8)
    let strict = ["-pedantic", "-Wall", "-Wextra", "-Werror", "-c", "-o"]
    try CompiledPolicy.run("clang", ["-std=c99"] + strict + [path("policy.o"), path("policy.c")])
    try CompiledPolicy.run("clang", ["-std=c++11"] + strict + [path("main.o"), path("main.cpp")])
    try CompiledPolicy.run(
      "clang", ["-o", path("program"), path("main.o"), path("policy.o"), "-lm"])
    try CompiledPolicy.run(path("program"), [])
  }

  @Test func `more units than 16 bits count, and an id that would end its comment, compile`() throws
  {
    let wide = Architecture(observationSize: 65_536, hiddenSizes: [], actionSize: 1)
    var policy = PolicyExample.policy(architecture: wide, classes: 2)
    policy.environment = EnvironmentSettings("gym:a*/b")
    let observation = [Double](repeating: 0.001, count: 65_536)
    let actions = try CompiledPolicy(policy, .float).actions(on: [observation])
    #expect(actions[0].count == 1)
    #expect(abs(actions[0][0] - FloatNetwork(policy).act(observation)[0]) < 1e-6)
  }

  @Test func `the stated size is that of the compiled constants`() throws {
    let policy = Self.policies[0].policy
    let source = CSource(policy, rule: .sign(first: 0))
    // 92 edges of 2 bits, 4 weights, 12 biases, 6 means and 6 scales.
    #expect(source.dataSize == 23 + 4 * (4 + 12 + 12))
    #expect(source.text.contains("\(source.dataSize) bytes of constant data"))
  }
}
