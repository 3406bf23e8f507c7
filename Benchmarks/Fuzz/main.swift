import Foundation
import FuzzKit

/// `fuzz [--seed S] [--target NAME] [--case N] [--share PERCENT]`.
///
/// Each batch is named before it runs, so that the last line names what trapped or hung.
let options = FuzzOptions(CommandLine.arguments.dropFirst())
let campaign = FuzzCampaign(seed: options.seed)
let clock = ContinuousClock()
let batch = 1000
var total = 0
var wrong = 0
let start = clock.now

for target in FuzzTarget.all where options.target.map({ $0 == target.name }) ?? true {
  let cases = options.cases(of: target)
  let began = clock.now
  var tally = FuzzCampaign.Tally()
  for first in stride(from: cases.lowerBound, to: cases.upperBound, by: batch) {
    let range = first..<min(first + batch, cases.upperBound)
    FileHandle.standardError.write(
      Data("\r\(target.name) --seed \(options.seed) cases \(range)    ".utf8))
    // A batch that hangs ends the process, and the line above names it.
    alarm(120)
    campaign.run(target, cases: range, into: &tally)
  }
  alarm(0)
  let seconds = (clock.now - began) / .seconds(1)
  let rate = Int(Double(cases.count) / max(seconds, 1e-6))
  let slowest = Int(tally.slowest.seconds * 1000)
  print("\r\(target.name): \(cases.count) cases, \(rate)/s")
  print("  \(tally.rejected) rejected, \(tally.stillValid) still valid")
  print("  \(tally.accepted.count) wrongly accepted")
  print("  slowest \(slowest) ms (case \(tally.slowest.number))")
  for found in tally.accepted.prefix(5) {
    print("  --target \(target.name) --case \(found.number): \(found.reason)")
  }
  total += cases.count
  wrong += tally.accepted.count
}
let elapsed = (clock.now - start) / .seconds(1)
print("\(total) cases in \(Int(elapsed)) s, \(wrong) wrongly accepted")
exit(wrong == 0 && total > 0 ? 0 : 1)
