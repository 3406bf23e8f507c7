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

  @Test(arguments: [
    ("{\n\"a\": 1,\n\"b\": }", "line 3 is no JSON: "),
    ("{\n\"a\": 1\n\"b\": 2}", "line 3 is no JSON: "),
    ("{\n// why\n\"a\": 1}", "line 2 is no JSON: "),
    ("{\"é\": \"ü日本語🤖\",\n\"b\": 1\n\"c\": 1}", "line 3 is no JSON: "),
    ("{\n\"a\": [1,\n", "line 3 is no JSON: it ends too early"),
    ("", "line 1 is no JSON: it ends too early"),
    ("{\"a\": 1}\n\nx", "line 3 is no JSON: "),
    ("\u{feff}{\n'a': 1}", "line 2 is no JSON: "),
    (
      "{\n\"a\":" + String(repeating: "[", count: 9999) + "1}",
      "line 2 is no JSON: too many nested arrays or dictionaries"
    ),
  ])
  func `what is no JSON is named with its line`(text: String, line: String) throws {
    let error = #expect(throws: JSONSyntaxError.self) {
      try StrictJSON.decode([String: Int].self, from: Data(text.utf8))
    }
    #expect(error?.description.hasPrefix(line) == true, "\(error?.description ?? "")")
  }

  /// Foundation reads it, so that of a key that stands twice one would be taken.
  @Test(arguments: [String.Encoding.utf16, .utf16LittleEndian, .utf32BigEndian])
  func `text of another encoding is refused`(encoding: String.Encoding) throws {
    let data = try #require("{\"a\": 1, \"a\": 2}".data(using: encoding))
    let error = #expect(throws: JSONSyntaxError.self) {
      try StrictJSON.decode([String: Int].self, from: data)
    }
    #expect(error?.description == "the text is not UTF-8: save it as UTF-8")
  }

  @Test func `sound text is decoded, text of another form complained of as ever`() throws {
    #expect(try StrictJSON.decode([String: Int].self, from: Data("{\"a\": 1}".utf8)) == ["a": 1])
    #expect(
      try StrictJSON.decode([String: Int].self, from: Data("\u{feff}{\"a\": 1}".utf8)) == ["a": 1])
    #expect(throws: DecodingError.self) {
      try StrictJSON.decode([String: Int].self, from: Data("{\"a\": \"b\"}".utf8))
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
