import Foundation
import Testing

@testable import StrictJSON

@Suite struct StrictJSONTests {
  private func complaint(_ text: String) -> String? {
    do {
      try StrictJSON.check(Data(text.utf8))
      return nil
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("{\"a\": 1, \"a\": 2}", "key 'a' stands twice in line 1: leave one of them"),
    (
      "{\n\"a\": 1,\n\"b\": {},\r\n\"a\":\n2}", "key 'a' stands in lines 2 and 4: leave one of them"
    ),
    (
      "{\"a\": [{\"x\": 1}, {\"b\": {\"c\": 1,\n\"c\": 1}}]}",
      "key 'a.b.c' stands in lines 1 and 2: leave one of them"
    ),
    ("{\"a\": 1, \"\\u0061\": 2}", "key 'a' stands twice in line 1: leave one of them"),
    ("{\"é\": 1, \"e\u{301}\": 2}", "key 'e\u{301}' stands twice in line 1: leave one of them"),
    ("{\"\": 1, \"\": 2}", "key '' stands twice in line 1: leave one of them"),
    ("{\"a\": \"}\", \"a\": 2}", "key 'a' stands twice in line 1: leave one of them"),
    ("{\"a\\\"\": 1,\n\"a\\\"\": 2}", "key 'a\"' stands in lines 1 and 2: leave one of them"),
  ])
  func `a key that stands twice is named with its lines`(text: String, line: String) {
    #expect(complaint(text) == line)
  }

  @Test(arguments: [
    "{}", "[]", "1", "", "{\"a\": \"a\", \"b\": \"a\"}", "[{\"a\": 1}, {\"a\": 1}]",
    "{\"a\": {\"a\": {\"a\": [\"a\", \"a\"]}}}", "{\"a\": \"\\\"a\\\": 1, \\\"a\\\"\"}",
    "{\"a\": 1, \"A\": 2}", "{\"a", "]]}}{\"a\": 1", "{\"a\": \"\\",
  ])
  func `what repeats no key is left to the decoder`(text: String) {
    #expect(complaint(text) == nil)
  }

  @Test func `sound text is decoded, unsound text complained of as ever`() throws {
    #expect(try StrictJSON.decode([String: Int].self, from: Data("{\"a\": 1}".utf8)) == ["a": 1])
    #expect(throws: DecodingError.self) {
      try StrictJSON.decode([String: Int].self, from: Data("{\"a\": }".utf8))
    }
    #expect(throws: RepeatedKey.self) {
      try StrictJSON.decode([String: Int].self, from: Data("{\"a\": 1, \"a\": 1}".utf8))
    }
  }

  @Test func `depth and size are no matter`() {
    let deep = String(repeating: "[", count: 200_000) + "{\"a\":1,\"a\":2}"
    #expect(complaint(deep) != nil)
    let keys = (0..<50_000).map { "\"\($0)\":0" }.joined(separator: ",")
    #expect(complaint("{\(keys)}") == nil)
    #expect(complaint("{\(keys),\"7\":1}") != nil)
  }
}
