import ArgumentParser
import ChromaticPolicy
import Environments
import Foundation
import LocalRing
import Programs
import RedisQueue
import Rendering

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Names what is missing on this machine and the command that mends it.")

  @OptionGroup(title: "Queue") var queue: QueueOptions

  func run() throws {
    var findings =
      try [Self.processors(), Self.redisServer()] + Self.services() + Self.environments()
      + Self.filming()
    if queue.isGiven { findings += server() }
    for finding in findings {
      print("\(finding.state.rawValue) \(finding.subject): \(finding.detail)")
    }
    guard !findings.contains(where: { $0.state == .missing }) else {
      throw ExitCode(ExitStatus.unavailable)
    }
  }

  private struct Finding {
    enum State: String {
      case good = "ok      "
      /// Absent, and installed on request only.
      case optional = "optional"
      case missing = "missing "
      /// There, and a risk for runs.
      case risky = "warning "
    }

    var subject: String
    var state = State.good
    var detail: String

    /// What `check` found, or the line of the error it threw.
    ///
    /// - Parameters:
    ///   - assetsAreOptional: whether a missing model file is no fault of the machine.
    ///   - isOptional: whether nothing that is missing is.
    init(
      _ subject: String, assetsAreOptional: Bool = false, isOptional: Bool = false,
      _ check: () throws -> String
    ) {
      self.subject = subject
      do {
        detail = try check()
      } catch {
        detail = "\(error)"
        let isAbsent = (error as? EnvironmentError)?.code == .missingAsset
        state = isOptional || isAbsent && assetsAreOptional ? .optional : .missing
      }
    }
  }

  /// What `train` and evaluators go by.
  private static func processors() -> Finding {
    Finding("processors") {
      "\(AvailableProcessors.count) of \(ProcessInfo.processInfo.processorCount) may be used"
    }
  }

  /// Starts a private server for a moment, the way `train` does.
  private static func redisServer() -> Finding {
    Finding("redis-server") {
      let directory = NSTemporaryDirectory() + "chromatic-doctor-\(getpid())"
      defer { try? FileManager.default.removeItem(atPath: directory) }
      let server = try PrivateRedisServer(in: directory)
      defer { server.stop() }
      return "starts and answers"
    }
  }

  private static func services() -> [Finding] {
    ["chromatic-controller", "chromatic-evaluator", "chromatic-aggregator"].map { name in
      Finding(name) {
        guard let path = ServiceProcess.executable(name) else {
          throw CommandError.unavailable("not beside this tool: run 'make build'")
        }
        return path
      }
    }
  }

  private static func environments() throws -> [Finding] {
    try EnvironmentCatalog.all().map { environment in
      Finding(environment.id, assetsAreOptional: environment.isOptional) {
        _ = try environment.make()
        return "loads"
      }
    }
  }

  /// What `render` and figures as PDF need, and nothing else does.
  private static func filming() -> [Finding] {
    [
      Finding("OSMesa", isOptional: true) {
        try RenderingNeeds.checkRenderer()
        return "draws"
      },
      Finding("ffmpeg", isOptional: true) { try FilmFormat.ffmpeg() },
      Finding("rsvg-convert", isOptional: true) { try FigureFile.findConverter() },
    ]
  }

  private func server() -> [Finding] {
    var concerns: [String] = []
    let answer = Finding("queue") {
      let store = try queue.address().openStore()
      concerns = try store.condition().concerns
      return "\(store.url) answers, \(try store.overview().alive.count) evaluators alive"
    }
    return [answer]
      + concerns.map { concern in
        var finding = Finding("queue") { concern }
        finding.state = .risky
        return finding
      }
  }
}
