// Environment steps per second through Swift beside a bare C loop of mj_step on the same model,
// initial state and controls, taking turns in one process. Processor time is counted, not the wall's,
// so that other work on the machine disturbs less. Every MuJoCo task, or those named:
// make benchmark, or .build/benchmarks/release/environment-benchmark [ID …]

import ChromaticPolicy
import Environments
import Foundation

let rounds = 20
let steps = 1000
let named = Array(CommandLine.arguments.dropFirst())

print("\(rounds) episodes of \(steps) steps each, medians; steps per second of processor time")
print(row("environment", "mj_step loop", "environment", "ratio"))
for id in named.isEmpty ? EnvironmentCatalog.ids : named {
  guard let comparison = try StepComparison(EnvironmentSettings(id), steps: steps) else {
    if !named.isEmpty { print("\(id) is no MuJoCo task") }
    continue
  }
  let speed = try comparison.run(rounds: rounds)
  print(
    row(id, String(Int(speed.bare)), String(Int(speed.swift)), String(format: "%.3f", speed.ratio))
  )
}

func row(_ name: String, _ numbers: String...) -> String {
  let padding = String(repeating: " ", count: max(0, 26 - name.count))
  return name + padding
    + numbers.map { String(repeating: " ", count: max(0, 14 - $0.count)) + $0 }.joined()
}
