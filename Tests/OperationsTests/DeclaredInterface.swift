import Foundation

/// What the built programs themselves say that they take.
enum DeclaredInterface {
  /// The executables of `Package.swift` that operators start.
  static let programs: Set<String> = {
    let package =
      (try? String(contentsOfFile: "\(OperatorCommand.root)/Package.swift", encoding: .utf8)) ?? ""
    return Set(
      package.matches(of: /\.executable\(name: "(?<name>[a-z-]+)"/).map {
        String($0.output.name)
      })
  }()

  /// The flags in the help of a program, or of one of its subcommands, and the help itself.
  static func flags(of command: [String]) throws -> Set<String> {
    let subcommand = command.dropFirst().prefix(1).filter { !$0.hasPrefix("-") }
    let help = try OperatorCommand(
      "\(OperatorCommand.products)/\(command[0])", subcommand + ["--help"])
    guard help.code == 0 else { return [] }
    return Set(help.output.matches(of: /--[a-z][a-z-]+/).map { String($0.output) })
  }

  /// The variables that a program's sources name: those of its own folder and of the shared modules.
  static func variables(of program: String) throws -> Set<String> {
    let service = program.replacing("chromatic-", with: "")
    let tools = ["Sources/chromatic", "Sources/LocalRing"]
    var names: Set<String> = []
    for folder in ["Sources", "services"] {
      let files = FileManager.default.enumerator(atPath: "\(OperatorCommand.root)/\(folder)")
      for case let file as String in files?.allObjects ?? [] where file.hasSuffix(".swift") {
        let path = "\(folder)/\(file)"
        if folder == "services", !file.hasPrefix("\(service)/") { continue }
        if program != "chromatic", tools.contains(where: { path.hasPrefix("\($0)/") }) { continue }
        let text = try String(contentsOfFile: "\(OperatorCommand.root)/\(path)", encoding: .utf8)
        names.formUnion(
          text.matches(of: /"(?<name>CHROMATIC_[A-Z_]+)"/).map { String($0.output.name) })
      }
    }
    return names
  }
}
