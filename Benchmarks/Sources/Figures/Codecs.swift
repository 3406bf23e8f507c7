import ChromaticPolicy
import Measuring
import Randomness
import RunPlan

/// What evaluators and the aggregator read from Redis, and what it costs to read it.
enum Codecs {
  static func figures() -> [Figure] {
    [
      partition(edges: 943, goal: 0.8), partition(edges: 66_560, goal: 60), result, noise,
    ]
  }

  private static func partition(edges: Int, goal: Double) -> Figure {
    var random = RandomStream(seed: 1, purpose: .episode)
    let text = Partition(
      classes: (0..<edges).map { _ in Int32(random.next() % 17) }, classCount: 17
    ).text
    var bytes = text
    let copy = nanoseconds { bytes.withUTF8 { sink += $0.reduce(0) { $0 &+ Int($1) } } }
    let time = nanoseconds {
      sink += Partition(text: text, edgeCount: edges, classCount: 17)?.edgeCount ?? 0
    }
    return Figure(
      name: "partition of \(edges) edges read", value: time / 1000, unit: "µs", goal: goal,
      against: "adding its bytes, \(Figure.text(copy / 1000)) µs")
  }

  private static var result: Figure {
    var random = RandomStream(seed: 2, purpose: .episode)
    let numbers = (0..<34).map { _ in random.uniform(0.1, 40).description }
    let text =
      "return=\(random.uniform(-900, 9000)) steps=1000 seconds=0.021\(random.next() % 1000) observations=1000"
      + " mean=\(numbers[..<17].joined(separator: ","))"
      + " squares=\(numbers[17...].joined(separator: ","))"
    let strings = numbers.map { $0 }
    let plain = nanoseconds { for number in strings { total += Double(number) ?? 0 } }
    let time = nanoseconds {
      sink += EvaluationResult(text: text, observationSize: 17)?.episode?.steps ?? 0
    }
    return Figure(
      name: "result of 17 observations read", value: time / 1000, unit: "µs", goal: 2,
      against: "Double(String) of its 34 moments, \(Figure.text(plain / 1000)) µs")
  }

  private static var noise: Figure {
    var random = RandomStream(seed: 3, purpose: .perturbation)
    let uniform = nanoseconds { total += random.uniform() }
    let time = nanoseconds { total += random.gaussians(943)[0] } / 943
    return Figure(
      name: "Gaussian number, of 943", value: time, unit: "ns", goal: 20,
      against: "one uniform number, \(Figure.text(uniform)) ns")
  }
}

/// Keeps results alive, so that no call is left out.
nonisolated(unsafe) var sink = 0
nonisolated(unsafe) var total = 0.0
