import Foundation
import ServerTestKit
import Testing

/// `ops/redis/make-users` writes files for their owner alone and keeps the passwords it finds.
@Suite struct MakeUsersTests {
  private func contents(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func `a second run changes nothing; a deleted password is made anew`() throws {
    let directory = try TestDirectory()
    let users = "\(directory.path)/users"
    try GuardedServer.makeUsers([users])
    let first = try contents("\(users)/users.acl")
    try GuardedServer.makeUsers([users])
    #expect(try contents("\(users)/users.acl") == first)
    try FileManager.default.removeItem(atPath: "\(users)/evaluator.password")
    try GuardedServer.makeUsers([users])
    let lines = try contents("\(users)/users.acl").split(separator: "\n")
    let changed = zip(lines, first.split(separator: "\n")).filter { $0 != $1 }.map(\.0)
    #expect(changed.count == 1 && changed[0].hasPrefix("user evaluator on #"))
  }

  @Test func `its files are for their owner alone`() throws {
    let directory = try TestDirectory()
    let users = "\(directory.path)/users"
    try GuardedServer.makeUsers([users])
    let files = try FileManager.default.contentsOfDirectory(atPath: users)
    #expect(
      files.count == 1 + GuardedServer.Role.allCases.count + GuardedServer.Role.ofServer.count)
    for file in files {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(users)/\(file)")
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
    }
  }

  @Test(arguments: [
    ([], "name the directory"), (["a", "b"], "one directory"),
    (["a", "--queue", "x:y"], "--queue is 'x:y', expected"), (["a", "--queue"], "lacks its value"),
    (["a", "--redis", "5"], "--redis is '5', expected 6.2 or 7.0"),
    (["a", "--x"], "unknown option"),
  ])
  func `a mistake is one line and exit code 64`(arguments: [String], line: String) throws {
    let (code, output) = try GuardedServer.makeUsers(arguments)
    #expect(code == 64)
    #expect(output.hasPrefix("make-users: ") && output.contains(line), "\(output)")
    #expect(output.count { $0 == "\n" } == 1, "\(output)")
  }
}
