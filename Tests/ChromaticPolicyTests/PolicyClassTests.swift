import Foundation
import Testing

@testable import ChromaticPolicy

/// Every class states its rules, and the lists that name the classes are complete.
@Suite struct PolicyClassTests {
  private let architecture = Architecture(observationSize: 3, hiddenSizes: [4], actionSize: 2)

  /// What a class says about 3-4-2 with M = 5: 20 edges, 4 hidden units.
  struct Row: Sendable {
    var policyClass: PolicyClass
    var weights: Int
    var decisions: Int
    var choices: Int
    var scores = 0
    var dictionary = 0
  }

  static let rows = [
    Row(policyClass: .chromatic, weights: 5, decisions: 20, choices: 5, dictionary: 20 * 3),
    Row(policyClass: .edgeRemoval, weights: 20, decisions: 20, choices: 2, dictionary: 20 * 5),
    Row(policyClass: .nodeDeletion, weights: 20, decisions: 4, choices: 2, dictionary: 4),
    Row(
      policyClass: .masked, weights: 20, decisions: 20, choices: 20, scores: 20,
      dictionary: 20 * 5),
    Row(policyClass: .toeplitz, weights: 11, decisions: 20, choices: 11),
    Row(policyClass: .circulant, weights: 8, decisions: 20, choices: 8),
    Row(policyClass: .unstructured, weights: 20, decisions: 20, choices: 20),
  ]

  @Test(arguments: rows)
  func `a class states what is decided, trained and stored`(row: Row) {
    let space = SearchSpace(row.policyClass, on: architecture, classes: 5)
    #expect(space.weightCount == row.weights)
    #expect(space.decisionCount == row.decisions && space.choiceCount == row.choices)
    #expect(row.policyClass.scoreCount(on: architecture) == row.scores)
    #expect(
      row.policyClass.dictionaryBits(weights: row.weights, on: architecture) == row.dictionary)
  }

  /// The place is the byte in compact files, so it never changes.
  @Test func `every class has its row here, in the order of their bytes`() {
    #expect(Self.rows.map(\.policyClass) == PolicyClass.allCases)
  }

  @Test(arguments: PolicyClass.allCases)
  func `what a class says of itself fits together`(policyClass: PolicyClass) {
    let space = SearchSpace(policyClass, on: architecture, classes: 5)
    let zeros = Partition(
      classes: .init(repeating: 0, count: space.decisionCount), classCount: space.choiceCount)
    let decisions = policyClass.settledDecisions(on: architecture) ?? zeros
    #expect(decisions.edgeCount == space.decisionCount)
    #expect(decisions.classCount == space.choiceCount)
    let partition = space.partition(decisions)
    #expect(partition.edgeCount == 20 && partition.classCount == space.weightCount)
    #expect(partition.keptEdgeCount == 20)
    #expect(policyClass.isSearched == (policyClass.settledDecisions(on: architecture) == nil))
    if let prescribed = policyClass.prescribedPartition(on: architecture) {
      #expect(partition == prescribed)
    }
    #expect(policyClass.problem(on: architecture) == nil)
  }

  @Test func `units can be deleted only where there are some`() {
    let linear = Architecture(observationSize: 3, hiddenSizes: [], actionSize: 2)
    let impossible = PolicyClass.allCases.filter { $0.problem(on: linear) != nil }
    #expect(impossible == [.nodeDeletion])
  }

  @Test(arguments: PolicyClass.allCases)
  func `a class is stored as its name`(policyClass: PolicyClass) throws {
    let text = String(decoding: try JSONEncoder().encode([policyClass]), as: UTF8.self)
    #expect(text == "[\"\(policyClass.rawValue)\"]")
    #expect(try JSONDecoder().decode([PolicyClass].self, from: Data(text.utf8)) == [policyClass])
    #expect(PolicyClass(rawValue: policyClass.rawValue) == policyClass)
  }

  @Test func `a name that no class has is refused`() {
    #expect(PolicyClass(rawValue: "round") == nil)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([PolicyClass].self, from: Data(#"["round"]"#.utf8))
    }
  }

  @Test func `every name and every argument belongs to one class`() {
    let classes = PolicyClass.allCases
    #expect(Set(classes.map(\.rawValue)).count == classes.count)
    let arguments = classes.flatMap(\.arguments)
    #expect(Set(arguments).count == arguments.count)
    #expect(classes.allSatisfy { !$0.arguments.isEmpty && !$0.summary.isEmpty })
  }

  @Test(arguments: PolicyClass.allCases.flatMap(\.arguments))
  func `the README's settings name every class`(argument: PolicyClass.Argument) throws {
    let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let row = try #require(
      readme.split(separator: "\n").first { $0.hasPrefix("| `\(argument.flag.rawValue)`") })
    #expect(row.contains(argument.word))
  }
}
