import Foundation
import FuzzKit

/// `fuzz [--seed S] [--share PERCENT] [--target NAME [--case N]]`.
///
/// Each target runs in a process of its own, so that what traps or hangs is named and the rest goes on.
let options = FuzzOptions(CommandLine.arguments.dropFirst())

if let path = options.mark, let target = options.targets.first {
  let found = CaseRunner(options: options, mark: try CaseMark(path: path)).run(target)
  exit(found == 0 ? 0 : 1)
}

let directory = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(getpid())")
try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
let supervisor = Supervisor(options: options, markPath: directory.appending(path: "case").path)
let start = ContinuousClock.now
var total = 0
var found = 0
for target in options.targets {
  let outcome = try supervisor.run(target)
  total += outcome.cases
  found += outcome.found
}
try FileManager.default.removeItem(at: directory)
let elapsed = (ContinuousClock.now - start) / .seconds(1)
print("\(total) cases in \(Int(elapsed)) s, \(found == 0 ? "nothing" : "something") found")
exit(found == 0 && total > 0 ? 0 : 1)
