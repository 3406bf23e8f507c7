import Foundation
import FuzzKit

/// Runs cases in this process, which a trap ends, and a case of over `patience` seconds too.
struct CaseRunner {
  private static let patience: UInt32 = 30

  let options: FuzzOptions
  let mark: CaseMark

  /// Prints what the cases of `target` show; returns the number of wrongly taken ones.
  func run(_ target: FuzzTarget) -> Int {
    let cases = options.cases(of: target)
    var tally = FuzzCampaign.Tally()
    let clock = ContinuousClock()
    let start = clock.now
    FuzzCampaign(seed: options.seed).run(target, cases: cases, into: &tally) { number in
      mark.set(number)
      alarm(Self.patience)
    }
    alarm(0)
    describe(target, cases.count, seconds: (clock.now - start) / .seconds(1), tally)
    return tally.accepted.count
  }

  private func describe(
    _ target: FuzzTarget, _ count: Int, seconds: Double, _ tally: FuzzCampaign.Tally
  ) {
    let slowest = Int(tally.slowest.seconds * 1000)
    print(
      "\(target.name): \(count) cases in \(Int(seconds)) s, \(tally.rejected) rejected, "
        + "\(tally.stillValid) still valid, \(tally.accepted.count) wrongly taken, "
        + "slowest \(slowest) ms (case \(tally.slowest.number))")
    for found in tally.accepted.prefix(5) {
      print("  --target \(target.name) --case \(found.number): \(found.reason)")
    }
  }
}
