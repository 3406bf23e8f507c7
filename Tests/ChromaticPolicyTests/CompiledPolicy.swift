import Foundation
import Testing

@testable import ChromaticPolicy

/// A policy's C file behind a `main` that reads observations and writes actions.
struct CompiledPolicy {
  private let directory: URL
  private let policy: Policy
  private let arithmetic: CSource.Arithmetic

  init(_ policy: Policy, _ arithmetic: CSource.Arithmetic) throws {
    self.policy = policy
    self.arithmetic = arithmetic
    directory = FileManager.default.temporaryDirectory.appending(path: "policy-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try CSource(policy, arithmetic: arithmetic, rule: nil).text
      .write(to: directory.appending(path: "policy.c"), atomically: true, encoding: .utf8)
    try Self.main(arithmetic)
      .write(to: directory.appending(path: "main.c"), atomically: true, encoding: .utf8)
    try Self.run(
      "clang",
      [
        "-std=c99", "-Wall", "-Wextra", "-Werror", "-O1", "-o", path("program"), path("main.c"),
        "-lm",
      ])
  }

  private func path(_ name: String) -> String { directory.appending(path: name).path }

  func actions(on observations: [[Double]]) throws -> [[Double]] {
    defer { try? FileManager.default.removeItem(at: directory) }
    let numbers = observations.joined()
    let input =
      arithmetic == .float
      ? numbers.map(Float.init).withUnsafeBytes { Data($0) }
      : numbers.map { Int32(($0 * 65536).rounded()) }.withUnsafeBytes { Data($0) }
    try input.write(to: directory.appending(path: "observations"))
    try Self.run(path("program"), [path("observations"), path("actions")])
    let output = try Data(contentsOf: directory.appending(path: "actions"))
    let values =
      arithmetic == .float
      ? output.withUnsafeBytes { $0.bindMemory(to: Float.self).map(Double.init) }
      : output.withUnsafeBytes { $0.bindMemory(to: Int32.self).map { Double($0) / 65536 } }
    let size = policy.architecture.actionSize
    return stride(from: 0, to: values.count, by: size).map { Array(values[$0..<$0 + size]) }
  }

  private static func main(_ arithmetic: CSource.Arithmetic) -> String {
    let number = arithmetic == .float ? "float" : "int32_t"
    return """
      #include "policy.c"
      #include <stdio.h>

      int main(int count, char **arguments) {
        \(number) observation[CHROMATIC_OBSERVATIONS], action[CHROMATIC_ACTIONS];
        FILE *input, *output;
        if (count != 3) return 1;
        input = fopen(arguments[1], "rb");
        output = fopen(arguments[2], "wb");
        if (!input || !output) return 2;
        while (fread(observation, sizeof observation, 1, input) == 1) {
          chromatic_act(observation, action);
          if (fwrite(action, sizeof action, 1, output) != 1) return 3;
        }
        return fclose(output);
      }
      """
  }

  static func run(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) failed")
  }
}
