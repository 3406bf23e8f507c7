import Foundation
import Testing

@testable import ChromaticPolicy

@Suite struct PolicyFileTests {
  private let policy = PolicyExample.policy(
    architecture: Architecture(observationSize: 3, hiddenSizes: [4], actionSize: 1), classes: 5)

  @Test func `a policy read back is the same policy`() throws {
    let data = PolicyFile.encode(policy)
    #expect(try PolicyFile.decode(data) == policy)
    #expect(PolicyFile.encode(policy) == data)
  }

  @Test(arguments: [
    (#""classes" : 5"#, #""classes" : 0"#), (#""classes" : 5"#, #""classes" : 4"#),
    (#""classes" : 5"#, #""classes" : -9223372036854775808"#),
    (#""version" : 1"#, #""version" : 2"#), (#""observation" : 3"#, #""observation" : 2"#),
    (#""observation" : 3"#, #""observation" : -3"#), (#""biases""#, #""biasses""#),
    (#""action" : 1"#, #""action" : 1e99"#), ("chromatic policy", "another thing"),
    (#""sharedWeights" : ["#, #""sharedWeights" : [ 1,"#),
    (#""observationDeviation" : ["#, #""observationDeviation" : [ 0,"#), ("{", "["),
  ])
  func `a damaged file is refused`(original: String, damaged: String) throws {
    let text = String(decoding: PolicyFile.encode(policy), as: UTF8.self)
    #expect(text.contains(original))
    let data = Data(text.replacing(original, with: damaged, maxReplacements: 1).utf8)
    #expect(throws: PolicyFileError.self) { try PolicyFile.decode(data) }
  }

  @Test(arguments: ["99", "x", "-", "", "+1", "01", "-1", "1.0", "１"])
  func `a row with a word that is no class is refused, beside enough classes, too`(word: String)
    throws
  {
    let text = String(decoding: PolicyFile.encode(policy), as: UTF8.self)
    let row = try #require(text.firstMatch(of: /"(\d) (\d) (\d)( \d)?"/)?.output)
    for damaged in ["\(row.1) \(word) \(row.2) \(row.3)", "\(row.1) \(word) \(row.3)"] {
      let damaged = text.replacing(row.0, with: "\"\(damaged)\(row.4 ?? "")\"", maxReplacements: 1)
      #expect(throws: PolicyFileError.self) { try PolicyFile.decode(Data(damaged.utf8)) }
    }
  }

  @Test func `a truncated file is refused at every length`() {
    let data = PolicyFile.encode(policy)
    for length in stride(from: 0, to: data.count - 2, by: 7) {
      #expect(throws: PolicyFileError.self) { try PolicyFile.decode(data.prefix(length)) }
    }
  }

  @Test(arguments: [1, 2, 17, 64, 65, 943, 4097])
  func `a partition's text reads back`(classCount: Int) {
    let partition = Partition(
      classes: (0..<200).map { Int32(($0 * 7919) % classCount) }, classCount: classCount)
    let text = partition.text
    #expect(Partition(text: text, edgeCount: 200, classCount: classCount) == partition)
    #expect(Partition(text: text, edgeCount: 199, classCount: classCount) == nil)
    #expect(Partition(text: text.dropLast() + "!", edgeCount: 200, classCount: classCount) == nil)
  }

  @Test(
    arguments: [
      ("3", 3), ("-", 3), ("0", 0), ("!", 64), ("é", 64), ("\0", 64), ("", 64), (".0", 65),
      ("0.", 65),
      ("11", 65), ("0!", 4_096), ("!0", 4_096), ("0é", 4_096), ("__", 4_095), ("...", 4_096),
      ("-__", 4_097), ("000000", Int(Int32.max) + 1),
    ])
  func `a text that is no partition is refused wherever it goes wrong`(
    word: String, classCount: Int
  ) {
    let good = Partition(classes: [0], classCount: max(classCount, 1)).text
    for place in 0..<3 {
      var text = [good, good, good]
      text[place] = word
      #expect(Partition(text: text.joined(), edgeCount: 3, classCount: classCount) == nil)
    }
  }
}
