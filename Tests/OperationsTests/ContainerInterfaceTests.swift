import Testing

/// Manifests, compose file and Dockerfile name no flag and no variable that the programs do not have.
@Suite struct ContainerInterfaceTests {
  /// What `use` names that its program does not have.
  private func unknown(in use: ContainerUse) throws -> [String] {
    var unknown: [String] = []
    for command in use.commands {
      guard DeclaredInterface.programs.contains(command[0]) else {
        unknown.append(command[0])
        continue
      }
      let known = try DeclaredInterface.flags(of: command)
      for word in command where word.hasPrefix("--") {
        let flag = String(word.prefix { $0 != "=" })
        if !known.contains(flag) { unknown.append("\(command[0]) \(flag)") }
      }
    }
    let programs = Set(use.commands.map { $0[0] }).intersection(DeclaredInterface.programs)
    let known = try (programs.isEmpty ? ["chromatic"] : programs)
      .reduce(into: Set<String>()) { try $0.formUnion(DeclaredInterface.variables(of: $1)) }
    return unknown
      + use.variables.filter { $0.hasPrefix("CHROMATIC_") && !known.contains($0) }.sorted()
  }

  @Test func `manifests`() throws {
    let uses = ContainerUse.manifests()
    #expect(uses.flatMap(\.commands).count >= 20)
    for use in uses { #expect(try unknown(in: use) == [], "\(use)") }
  }

  @Test func `compose file`() throws {
    let uses = try ContainerUse.compose()
    #expect(uses.flatMap(\.commands).count >= 4)
    for use in uses { #expect(try unknown(in: use) == [], "\(use)") }
  }

  @Test func `Dockerfile`() throws {
    let use = try ContainerUse.dockerfile()
    #expect(!use.commands.isEmpty)
    #expect(try unknown(in: use) == [])
  }

  @Test func `a slip in a name is seen`() throws {
    let evaluator = ContainerUse(
      place: "an example", commands: [["chromatic-evaluator", "--slot", "2", "--grace=3"]],
      variables: ["CHROMATIC_GRACE", "CHROMATIC_SLOT"])
    #expect(try unknown(in: evaluator) == ["chromatic-evaluator --slot", "CHROMATIC_SLOT"])
    let controller = ContainerUse(
      place: "a variable of another service", commands: [["chromatic-controller"]],
      variables: ["CHROMATIC_GRACE", "CHROMATIC_REDIS_CERT"])
    #expect(try unknown(in: controller) == ["CHROMATIC_GRACE"])
    let stranger = ContainerUse(
      place: "no such program", commands: [["chromatic-evaluators"]], variables: [])
    #expect(try unknown(in: stranger) == ["chromatic-evaluators"])
  }
}
