import ArgumentParser
import Foundation

/// Counts the instructions of fixed pieces of work, which no other work on the machine changes.
@main
struct CountedWorkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "counted-work",
    abstract: "Counts instructions of fixed pieces of work by valgrind's callgrind.",
    discussion: "Exit code 1 if one takes more than its limit. Means something in a release build.")

  @Option(help: .init("Do this piece alone, without counting.", visibility: .hidden))
  var piece: Int?

  @Option(help: .init("How many times.", visibility: .hidden))
  var times = 1

  func run() throws {
    if let piece {
      print(try CountedWork.all[piece].perform(times))
      return
    }
    let program = FileManager.default.temporaryDirectory.appending(path: "counted-\(getpid())").path
    defer { try? FileManager.default.removeItem(atPath: program) }
    // Debian 12's valgrind does not read the compiler's DWARF.
    _ = try output(of: "strip", ["-g", "-o", program, Bundle.main.executablePath ?? ""])
    var isOver = false
    for (number, work) in CountedWork.all.enumerated() {
      // The difference leaves the start of the process out.
      let counts = try [2, 12].map { try count(number, times: $0, in: program) }
      let found = (counts[1] - counts[0]) / 10
      isOver = isOver || found > work.limit
      print(
        "\(found > work.limit ? "OVER " : "     ")\(work.name): \(found) instructions, "
          + "at most \(work.limit)")
    }
    if isOver { throw ExitCode(1) }
  }

  private func count(_ piece: Int, times: Int, in program: String) throws -> Int {
    let said = try output(
      of: "valgrind",
      [
        "--tool=callgrind", "--callgrind-out-file=/dev/null", program, "--piece", "\(piece)",
        "--times", "\(times)",
      ])
    guard let line = said.split(separator: "\n").first(where: { $0.contains("Collected : ") }),
      let count = line.split(separator: " ").last.flatMap({ Int($0) })
    else { throw ValidationError("valgrind counted nothing: \(said)") }
    return count
  }

  /// What a program that succeeds says on its standard error.
  private func output(of program: String, _ arguments: [String]) throws -> String {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    // Swift's hashes are seeded by the process otherwise, and probe as they fall.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["SWIFT_DETERMINISTIC_HASHING": "1"]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ValidationError("\(program) failed ('ops/bootstrap --test' installs it): \(said)")
    }
    return said
  }
}
