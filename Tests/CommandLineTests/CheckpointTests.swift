import Foundation
import LocalRing
import RedisQueue
import ServerTestKit
import Testing

/// A run moves from one Redis to another in a file and ends with the bytes of one that stayed.
@Suite struct CheckpointTests {
  private let pendulum = SmallRun.pendulum

  /// A run held in its second iteration, five of whose 36 evaluations are delivered, in a file.
  private func checkpoint(on queue: QueueUnderTest) async throws -> String {
    try await queue.output("submit", "Pendulum-v1", "--name", "a", settings: pendulum.settings)
    try await queue.evaluate(36 + 5)
    let file = "\(queue.directory.path)/a.checkpoint"
    let printed = try await queue.output("checkpoint", "a", "-o", file)
    #expect(printed.contains("a, running, iteration 1 of 6"), "\(printed)")
    return file
  }

  @Test func `restored on another server, and on the same under another name`() async throws {
    let source = try QueueUnderTest(evaluators: 0)
    let file = try await checkpoint(on: source)
    let target = try QueueUnderTest(evaluators: 2)
    for (queue, name) in [(target, "a"), (source, "b")] {
      let printed = try await queue.output("restore", file, "--name", name)
      #expect(printed.contains("restored \(name), running, iteration 1 of 6"), "\(printed)")
      if queue === source { _ = try queue.start("evaluator") }
      try await queue.output("watch", name)
      let fetched = "\(queue.directory.path)/\(name)"
      try await queue.output("fetch", name, "--output", fetched)
      #expect(try await SmallRun.Outcome(in: fetched) == SmallRun.reference())
    }
  }

  @Test func `a damaged, truncated or foreign file is one line, and nothing is restored`()
    async throws
  {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    try await queue.output("submit", "Pendulum-v1", "--name", "a")
    let file = "\(queue.directory.path)/a.checkpoint"
    try await queue.output("checkpoint", "a", "-o", file)
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    var damaged = whole
    damaged[whole.count - 20] ^= 1
    for (data, line) in [
      (whole.prefix(whole.count - 7), "it is cut short"), (damaged, "its checksum is wrong"),
      (Data("{}".utf8), "expected a file that 'chromatic checkpoint' wrote"),
    ] {
      try data.write(to: URL(fileURLWithPath: file))
      try await queue.run("restore", file, "--name", "b").expectComplaint(line, code: 65)
    }
    try await queue.run("restore", "\(file)?").expectComplaint("cannot be read", code: 65)
    try whole.write(to: URL(fileURLWithPath: file))
    try await queue.run("restore", file).expectComplaint("a run named a exists", code: 64)
    try await queue.run("checkpoint", "c", "-o", file).expectComplaint("no run named c", code: 64)
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == whole)
    let rows = try await queue.output("runs").split(separator: "\n")
    #expect(rows.count == 2)
  }

  @Test func `a full disk leaves the former file as it was`() async throws {
    let queue = try QueueUnderTest(controllers: 0, aggregators: 0, evaluators: 0)
    try await queue.output("submit", "Pendulum-v1", "--name", "a")
    try await queue.run("checkpoint", "a", "-o", "\(queue.directory.path)/no/where")
      .expectComplaint("cannot be written", code: 74)
    try await queue.run("checkpoint", "a", "-o", "/dev/full/x")
      .expectComplaint("cannot be written", code: 74)
  }
}
