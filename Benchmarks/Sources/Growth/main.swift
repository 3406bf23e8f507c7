// What grows with what: time and memory of the ring's processes as runs get larger, one size after the other.
//
//   growth-benchmark EXECUTABLES [DIRECTORY [NAME …]]     the folder of the services first; figures go to DIRECTORY
//
// Every row is a ring of its own with episodes of one step, processor time of an iteration and the largest
// resident memory.

import Figures
import Foundation
import Measuring

let arguments = Array(CommandLine.arguments.dropFirst())
let executables = arguments.first ?? ".build/release"

/// One thing that grows.
struct Growth {
  var name: String
  var unit: String
  var sizes: [Int]
  var plan: (Int) -> RingMeasurement.Plan
}

/// Evaluations of an iteration, with iterations enough for a measurement.
func plan(
  perturbations: Int = 120, settings: [String: String] = [:], evaluators: Int = 2,
  evaluations: Int = 6000
) -> RingMeasurement.Plan {
  var all = ["perturbations": "\(perturbations)", "pivots": "0", "evaluations": "4"]
  all.merge(settings) { $1 }
  let iterations = max(2, evaluations / (perturbations + 4))
  return .init(settings: all, iterations: 2..<2 + iterations, evaluators: evaluators)
}

let growths = [
  Growth(
    name: "evaluations", unit: "evaluations of an iteration",
    sizes: [300, 1000, 3000, 10_000, 30_000]
  ) { plan(perturbations: $0 - 4) },
  Growth(name: "edges", unit: "edges of the network", sizes: [92, 943, 5568, 20_174, 66_690]) {
    // 17 observations and 6 actions: one hidden layer or two of a width.
    let hidden = [92: "4", 943: "41", 5568: "64,64", 20_174: "131,131", 66_690: "247,247"][$0]
    return plan(settings: ["hidden": hidden ?? "41"])
  },
  Growth(
    name: "classes", unit: "classes", sizes: [8, 17, 64, 256, 512],
    plan: {
      plan(settings: ["partitions": "\($0)"])
    }),
  Growth(
    name: "classes-pointer", unit: "classes of a pointer network", sizes: [8, 17, 64, 256, 512],
    plan: {
      plan(
        perturbations: 60, settings: ["partitions": "\($0)", "controller": "pointer"],
        evaluations: 640)
    }),
  Growth(
    name: "evaluators", unit: "evaluators", sizes: [1, 4, 16, 64],
    plan: {
      plan(perturbations: 296, evaluators: $0)
    }),
]

let wanted = Set(arguments.dropFirst(2))
for growth in growths where wanted.isEmpty || wanted.contains(growth.name) {
  print(
    "| \(growth.unit) | µs an evaluation: Redis | controller | aggregator | evaluators | MB: Redis | controller "
      + "| aggregator | evaluator |\n|" + String(repeating: "---|", count: 9))
  var series: [[LineChart.Point]] = [[], [], [], []]
  for size in growth.sizes {
    let ring = try RingMeasurement(growth.plan(size), executables: executables)
    let time = ring.processorTime
    let each = [time.server, time.controller, time.aggregator, time.evaluators].map {
      $0 * 1e6 / Double(ring.evaluations)
    }
    let memory = ring.memory
    let columns =
      each.map(Figure.text)
      + [memory.server, memory.controller, memory.aggregator, memory.evaluator].map {
        String(format: "%.0f", $0)
      }
    print("| \(size) | " + columns.joined(separator: " | ") + " |")
    fflush(nil)
    for (number, value) in each.enumerated() {
      series[number].append(.init(step: size, value: value))
    }
  }
  guard arguments.count > 1 else { continue }
  let chart = LineChart(
    title: "Processor time of an evaluation",
    subtitle: "by \(growth.unit), HalfCheetah-v5, episodes of one step",
    summary: "Microseconds of each process for an evaluation.", stepName: growth.unit,
    valueName: "µs",
    series: zip(["Redis", "controller", "aggregator", "evaluators"], series).map {
      .init(name: $0, points: $1)
    })
  try chart.svg().write(
    toFile: "\(arguments[1])/growth-\(growth.name).svg", atomically: true, encoding: .utf8)
}
