import ArgumentParser
import ChromaticPolicy
import Environments
import Foundation
import LocalRing
import RedisQueue
import RunProtocol
import Services

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Names what is missing on this machine and the command that mends it.")

  @OptionGroup(title: "Queue") var queue: QueueOptions

  func run() throws {
    var findings = [Self.redisServer()] + Self.services() + Self.environments()
    if queue.isGiven { findings.append(server()) }
    for finding in findings {
      print("\(finding.isGood ? "ok     " : "missing") \(finding.subject): \(finding.detail)")
    }
    guard findings.allSatisfy(\.isGood) else { throw ExitCode(ExitStatus.unavailable) }
  }

  private struct Finding {
    var subject: String
    var isGood: Bool
    var detail: String

    /// What `check` found, or the line of the error it threw.
    init(_ subject: String, _ check: () throws -> String) {
      self.subject = subject
      do {
        detail = try check()
        isGood = true
      } catch {
        detail = "\(error)"
        isGood = false
      }
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

  private static func environments() -> [Finding] {
    EnvironmentCatalog.ids.map { id in
      Finding(id) {
        _ = try EnvironmentCatalog.make(EnvironmentSettings(id))
        return "loads"
      }
    }
  }

  private func server() -> Finding {
    Finding("queue") {
      let store = try queue.address().openStore()
      return "\(store.url) answers, \(try store.overview().alive.count) evaluators alive"
    }
  }
}
