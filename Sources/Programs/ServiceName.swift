import ArgumentParser
import Foundation
import RunPlan
import RunQueue

/// What a service is called in its queue.
public struct ServiceName: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The service's name in the queue; default host, process and a random number.",
      valueName: "name"))
  var name: String?

  /// For the argument parser.
  public init() {}

  /// The name given, or one that no other service has.
  public func resolved() throws -> String {
    guard let name else {
      let host = ProcessInfo.processInfo.hostName.filter { $0.isASCII && !$0.isWhitespace }
      let process = ProcessInfo.processInfo.processIdentifier
      return "\(host)-\(process)-\(UInt16.random(in: .min ... .max))"
    }
    guard RunID(name) != nil else {
      throw InvalidSetting(
        "--name", is: "'\(name)'",
        expected: "1 to 64 letters, digits, dots, dashes or underscores")
    }
    return name
  }
}
