import ArchitectureSearch
import ChromaticPolicy
import Environments
import Foundation
import Randomness
import RunPlan

/// Instructions of fixed pieces of work, counted by callgrind: the same on a busy machine.
enum Instructions {
  private struct Work: Sendable {
    var name: String
    /// What it has to stay below: a few per cent more than it takes.
    var goal: Double
    var perform: @Sendable (_ times: Int) throws -> Void
  }

  private static let works = [
    Work(name: "rollout of Pendulum, 3-41-1", goal: 800_000, perform: { try rollouts($0) }),
    Work(name: "factorised controller's step", goal: 28_500_000, perform: { searchSteps($0) }),
    Work(name: "partition of 943 edges read", goal: 8_100, perform: { partitions($0) }),
  ]

  static func figures() throws -> [Figure] {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/valgrind") else { return [] }
    let program = FileManager.default.temporaryDirectory.appending(path: "counted-\(getpid())").path
    defer { try? FileManager.default.removeItem(atPath: program) }
    // Debian 12's valgrind does not read the compiler's DWARF.
    try run("/usr/bin/strip", ["-g", "-o", program, CommandLine.arguments[0]])
    return try works.enumerated().map { number, work in
      let counts = try [1, 6].map { try count(work: number, times: $0, in: program) }
      return Figure(
        name: work.name + ", counted", value: (counts[1] - counts[0]) / 5,
        unit: "instructions", goal: work.goal,
        against: "a few per cent more than it took when the limit was set")
    }
  }

  /// Does work number `number`, so many times; what callgrind runs.
  static func perform(_ number: Int, times: Int) throws {
    try works[number].perform(times)
  }

  private static func count(work: Int, times: Int, in program: String) throws -> Double {
    let output = try run(
      "/usr/bin/valgrind",
      [
        "--tool=callgrind", "--callgrind-out-file=/dev/null", program, "count", "\(work)",
        "\(times)",
      ])
    guard let line = output.split(separator: "\n").first(where: { $0.contains("Collected : ") }),
      let count = line.split(separator: " ").last.flatMap({ Double($0) })
    else { fatalError("valgrind counted nothing:\n\(output)") }
    return count
  }

  /// What a program that succeeds says on its standard error.
  @discardableResult
  private static func run(_ program: String, _ arguments: [String]) throws -> String {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { fatalError("\(program) failed:\n\(output)") }
    return output
  }

  private static func rollouts(_ times: Int) throws {
    let settings = EnvironmentSettings("Pendulum-v1")
    let rollout = Rollout(
      in: try EnvironmentCatalog.make(settings), hiddenSizes: [41], actionRepeat: 1)
    for number in 0..<times {
      let random = RandomStream(seed: 1, purpose: .episode, index: UInt32(number))
      total += try rollout.run(random).totalReward
    }
  }

  private static func searchSteps(_ times: Int) {
    var controller = ControllerKind.factorised.make(
      edgeCount: 943, classCount: 17, seed: 1, settings: .init())
    for number in 0..<times {
      let partitions = controller.sample(count: 60, seed: 7, step: number)
      let rewards = partitions.indices.map { Double?(Double($0 * 7 % 13)) }
      _ = controller.update(partitions: partitions, rewards: rewards, seed: 7, step: number)
      sink += controller.proposal().edgeCount
    }
  }

  private static func partitions(_ times: Int) {
    let text = Partition(classes: (0..<943).map { Int32($0 % 17) }, classCount: 17).text
    for _ in 0..<times {
      sink += Partition(text: text, edgeCount: 943, classCount: 17)?.edgeCount ?? 0
    }
  }
}
