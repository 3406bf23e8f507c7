import AllocationCounter
import Environments
import Randomness

/// Memory for one observation, freed with its owner.
final class ObservationBuffer {
  let pointer: UnsafeMutableBufferPointer<Double>

  init(_ size: Int) {
    pointer = .allocate(capacity: size)
    pointer.initialize(repeating: 0)
  }

  deinit { pointer.deallocate() }

  var values: [Double] { Array(pointer) }
}

extension Environment {
  /// Steps under an array, as tests write actions.
  func step(_ action: [Double], _ buffer: ObservationBuffer) throws(EnvironmentFailure)
    -> StepOutcome
  {
    try action.withUnsafeBufferPointer { action throws(EnvironmentFailure) in
      try step(action: action, observation: buffer.pointer)
    }
  }

  /// How often 200 steps under `action` take memory, after one that may.
  func allocations(
    under action: [Double], _ buffer: ObservationBuffer
  ) throws(EnvironmentFailure) -> Int {
    try action.withUnsafeBufferPointer { action throws(EnvironmentFailure) in
      _ = try step(action: action, observation: buffer.pointer)
      let before = allocation_count()
      for _ in 0..<200 { _ = try step(action: action, observation: buffer.pointer) }
      return allocation_count() - before
    }
  }
}

extension RandomStream {
  /// A stream of initial states for tests.
  static func episodes(_ index: UInt32) -> RandomStream {
    RandomStream(seed: 11, purpose: .episode, index: index)
  }

  /// An action with every component uniform in [−1, 1].
  mutating func action(_ size: Int) -> [Double] {
    (0..<size).map { _ in uniform(-1, 1) }
  }
}

/// The largest absolute difference of two arrays; infinite if their sizes differ or one has a NaN.
func largestDifference(_ first: [Double], _ second: [Double]) -> Double {
  guard first.count == second.count else { return .infinity }
  return zip(first, second).reduce(0) { largest, pair in
    let difference = abs(pair.0 - pair.1)
    return difference <= largest ? largest : (difference.isNaN ? .infinity : difference)
  }
}
