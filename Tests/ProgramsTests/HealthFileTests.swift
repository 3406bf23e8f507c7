import Foundation
import Testing

@testable import Programs

/// A health file tells a service at work from one that is frozen, stands still, or is not there.
@Suite struct HealthFileTests {
  private func file() throws -> HealthFile {
    let name = "\(NSTemporaryDirectory())/health-\(UUID().uuidString)"
    return try #require(HealthFile(in: ["CHROMATIC_HEALTH_FILE": name]))
  }

  @Test func `one that is renewed is at work, until it falls silent`() throws {
    let file = try file()
    defer { file.remove() }
    try file.renew(nil)
    #expect(file.trouble() == nil)
    #expect(file.trouble(at: Date() + 20) == nil)
    #expect(file.trouble(at: Date() + 40)?.contains("frozen") == true)
    // A clock that went back tells as little as one that went on.
    #expect(file.trouble(at: Date() - 3600)?.contains("frozen") == true)
  }

  @Test func `what stands still is named`() throws {
    let file = try file()
    defer { file.remove() }
    let rounds = [("heartbeat", 0.1), ("slot 0", 2.0), ("slot 1", 601.0)]
    let trouble = HealthReport.trouble(rounds.map { (name: $0.0, seconds: $0.1) })
    try file.renew(trouble?.line)
    #expect(file.trouble() == "slot 1 has not come back from its work for 601 s")
    #expect(HealthReport.trouble([(name: "slot 0", seconds: 599)]) == nil)
  }

  @Test func `none is a service that has not begun or has ended`() throws {
    let file = try file()
    #expect(file.trouble()?.contains("has not begun, or has ended") == true)
    #expect(HealthFile(in: [:]) == nil && HealthFile(in: ["CHROMATIC_HEALTH_FILE": ""]) == nil)
  }

  @Test func `one that cannot be written is an error that names the variable`() throws {
    let file = try #require(HealthFile(in: ["CHROMATIC_HEALTH_FILE": "/nonexistent/health"]))
    #expect { try file.renew(nil) } throws: { "\($0)".hasPrefix("CHROMATIC_HEALTH_FILE is ") }
  }

  @Test func `a line about an outage is said once, however many threads meet it`() {
    let notes = OutageNotes()
    #expect(notes.isNew("refused", at: 0) && !notes.isNew("refused", at: 5))
    #expect(notes.isNew("other", at: 5) && notes.isNew("refused", at: 30))
    #expect(notes.ends() && !notes.ends())
    #expect(notes.isNew("refused", at: 31))
  }
}
