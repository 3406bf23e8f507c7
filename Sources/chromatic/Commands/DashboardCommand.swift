import ArgumentParser
import Foundation
import LocalRing

struct DashboardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dashboard",
    abstract: "Serves a page, an API and Prometheus' metrics of a queue, by chromatic-dashboard.",
    discussion: """
      Takes the options of chromatic-dashboard and becomes that program, so that this one need not \
      have a server within it: chromatic dashboard --help lists them.
      """, helpNames: [])

  @Argument(parsing: .captureForPassthrough, help: .hidden)
  var options: [String] = []

  func run() throws {
    guard let program = ServiceProcess.executable("chromatic-dashboard") else {
      throw CommandError.unavailable(
        "chromatic-dashboard does not stand beside this program: 'make build' builds all side by side"
      )
    }
    let words = [program] + options
    let pointers = words.map { strdup($0) } + [nil]
    execv(program, pointers)
    throw CommandError.unavailable("\(program) cannot be run: \(String(cString: strerror(errno)))")
  }
}
