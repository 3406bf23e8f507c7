import Foundation
import ServerTestKit
import Testing

/// `analyze --tensorboard` and `--csv`: a run's history for the tools that people plot with.
@Suite struct TensorBoardTests {
  /// Reads an event file by the very package's protocol buffers: tag, step, seconds and value a line.
  private static let reader = """
    import struct, sys
    from tensorboardX.proto.event_pb2 import Event
    data = open(sys.argv[1], "rb").read()
    while data:
        (length,) = struct.unpack("<Q", data[:8])
        event = Event.FromString(data[12:12 + length])
        data = data[16 + length:]
        for one in event.summary.value:
            print(one.tag, event.step, event.wall_time, one.simple_value)
    """

  private func history(in run: GymnasiumRun) async throws -> String {
    let path = "\(run.directory.path)/history.jsonl"
    try await SmallRun.reference().history.write(to: URL(filePath: path))
    return path
  }

  @Test func `an event file has the history's numbers at the seconds of timing`() async throws {
    let run = try GymnasiumRun(module: "reader", Self.reader)
    let history = try await history(in: run)
    try "iteration,seconds,e,s\n0,1.5,1,1\n1,2.5,1,1\n".write(
      toFile: "\(run.directory.path)/timing.csv", atomically: true, encoding: .utf8)
    let directory = "\(run.directory.path)/events"
    let printed = try await Tool.output(
      ["analyze", history, "--tensorboard", directory], environment: run.variables)
    let file = try #require(printed.split(separator: "\n").last)
    #expect(file.hasPrefix(directory) && file.hasSuffix("/events.out.tfevents.0.chromatic"))
    let lines = try await run.python("reader.py '\(file)'").split(separator: "\n")
      .map { $0.split(separator: " ") }
    let table = try await csv(history, in: run)
    let column = try #require(table[0].firstIndex(of: "proposal"))
    let found = lines.filter { $0[0] == "return/proposal" }
    #expect(found.map { Int($0[1]) } == Array(0..<6))
    #expect(found.prefix(3).map { Double($0[2]) } == [1.5, 2.5, 2])
    for (line, row) in zip(found, table.dropFirst()) {
      #expect(Double(line[3]) == Double(row[column]).map { Double(Float($0)) })
    }
  }

  private func csv(_ history: String, in run: GymnasiumRun) async throws -> [[Substring]] {
    let file = "\(run.directory.path)/history.csv"
    try await Tool.output(["analyze", history, "--csv", file])
    return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
  }

  @Test func `without the package it is one line that says how to install it`() async throws {
    let run = try GymnasiumRun(
      module: "tensorboardX", "raise ModuleNotFoundError('none', name='tensorboardX')")
    let directory = "\(run.directory.path)/events"
    let history = try await history(in: run)
    let tool = try await Tool.run(
      ["analyze", history, "--tensorboard", directory], environment: run.variables)
    try await tool.expectComplaint("--tensorboard: its Python has no tensorboardX: '", code: 69)
    #expect(tool.errors.contains("install tensorboardX==2.6.5"))
    #expect(!FileManager.default.fileExists(atPath: directory))
  }
}
