import Foundation
import Programs
import Testing

/// The exit codes that docs/operations.md lists are those that programs end with.
@Suite struct ExitStatusTests {
  @Test func `the table in the docs says what the code says`() throws {
    let page = URL(filePath: #filePath).appending(path: "../../../docs/operations.md").standardized
    let text = try String(contentsOf: page, encoding: .utf8)
    let rows = text.matches(of: /\n\| (?<code>\d+) \| (?<meaning>[^\n]+) \|/)
      .map { "\($0.output.code) \($0.output.meaning)" }
    #expect(rows == ExitStatus.meanings.map { "\($0.code) \($0.meaning)" })
  }
}
