import Foundation
import FuzzKit

/// Runs a target's cases in a process of their own and names the case at which it ends early.
struct Supervisor {
  /// Cases that end their process, beyond which the rest of a target is left out.
  private static let mostLosses = 20

  let options: FuzzOptions
  let markPath: String

  /// How many cases of `target` were run, and how many of them trapped, hung or were wrongly taken.
  func run(_ target: FuzzTarget) throws -> (cases: Int, found: Int) {
    let cases = options.cases(of: target)
    var next = cases.lowerBound
    var found = 0
    var losses = 0
    while next < cases.upperBound, losses < Self.mostLosses {
      let mark = try CaseMark(path: markPath)
      mark.set(next)
      let child = try start(target, next..<cases.upperBound)
      child.waitUntilExit()
      guard child.terminationReason == .uncaughtSignal || child.terminationStatus > 1 else {
        return (cases.count, found + Int(child.terminationStatus))
      }
      let lost = mark.number ?? next
      report(target, lost, child)
      found += 1
      losses += 1
      next = lost + 1
    }
    return (next - cases.lowerBound, found)
  }

  private func start(_ target: FuzzTarget, _ cases: Range<Int>) throws -> Process {
    let child = Process()
    child.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    child.arguments = [
      "--seed", "\(options.seed)", "--target", target.name, "--from", "\(cases.lowerBound)",
      "--to", "\(cases.upperBound)", "--mark", markPath,
    ]
    try child.run()
    return child
  }

  private func report(_ target: FuzzTarget, _ number: Int, _ child: Process) {
    let isHang = child.terminationReason == .uncaughtSignal && child.terminationStatus == SIGALRM
    let end = isHang ? "hung" : "ended its process with \(child.terminationStatus)"
    print("  --target \(target.name) --case \(number) --seed \(options.seed): \(end)")
    fflush(nil)
  }
}
