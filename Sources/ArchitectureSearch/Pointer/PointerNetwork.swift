import ChromaticPolicy
import ExactArithmetic
import Randomness

/// A pointer network at fixed parameters: sampling, gradients and the decisions' distributions.
///
/// Work is cut into groups of partitions. The group width is part of the definition of a gradient's
/// bits (it fixes the order of the sum) and follows from the memory budget alone.
struct PointerNetwork<T: NetworkScalar> {
  let context: PointerContext<T>
  let decoder: PointerDecoder<T>
  let groupWidth: Int
  let groupsAtOnce: Int
  /// What this network has recorded already; it is looked up instead of being computed again.
  private let recorded: [RecordedGroup<T>]

  /// The network with `weights`; the context is computed here, once.
  ///
  /// - Parameter recorded: groups that `draw` has recorded with these very weights.
  init(
    weights: PointerWeights<T>, temperature: Double, bound: Double, groupWidth: Int,
    groupsAtOnce: Int = 2, recorded: [RecordedGroup<T>] = []
  ) {
    self.recorded = recorded
    context = PointerContext(weights: weights)
    decoder = PointerDecoder(context: context, temperature: temperature, bound: bound)
    self.groupWidth = groupWidth
    self.groupsAtOnce = groupsAtOnce
  }

  /// The widest group, at most 32, whose activations fit into `memoryBudget` bytes.
  static func groupWidth(shape: PointerShape, memoryBudget: Int) -> Int {
    min(32, max(1, memoryBudget / DecoderTape<T>.bytesPerPartition(shape)))
  }

  /// How many groups may be in work at once: two take twice the budget where one fills it, smaller ones
  /// no more in all.
  static func groupsAtOnce(shape: PointerShape, memoryBudget: Int) -> Int {
    let group =
      groupWidth(shape: shape, memoryBudget: memoryBudget) * DecoderTape<T>.bytesPerPartition(shape)
    return max(2, 2 * memoryBudget / group)
  }

  private func groups(of count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: groupWidth).map { $0..<min(count, $0 + groupWidth) }
  }

  /// `count` partitions; number i is drawn from stream (seed, .partition, step, i).
  func sample(count: Int, seed: UInt64, step: Int) -> [Partition] {
    draw(count: count, seed: seed, step: step, recording: false).flatMap(\.partitions)
  }

  /// The partitions of `sample` by groups, each with its activations if `recording`.
  func draw(count: Int, seed: UInt64, step: Int, recording: Bool) -> [RecordedGroup<T>] {
    sideBySide(groups(of: count), width: groupsAtOnce) { group in
      let tape = DecoderTape<T>(shape: context.shape, width: group.count, recording: recording)
      let streams = group.map {
        RandomStream(seed: seed, purpose: .partition, iteration: UInt32(step), index: UInt32($0))
      }
      return RecordedGroup(partitions: decoder.sample(streams, on: tape), tape: tape)
    }
  }

  /// Gradient of Σ_i a_i ln π(P_i) + β Σ_i Σ_e entropy(e | P_i) with respect to all parameters.
  func gradient(of partitions: [Partition], advantages: [Double], entropyWeight: Double)
    -> PointerWeights<T>
  {
    let parts = sideBySide(groups(of: partitions.count), width: groupsAtOnce) { group in
      let tape = tape(of: partitions[group])
      let part = DecoderGradient<T>(shape: context.shape)
      decoder.accumulateGradient(
        of: partitions[group], advantages: advantages[group], entropyWeight: entropyWeight,
        tape: tape, into: part)
      return part
    }
    // In the order of the groups, whoever finished first.
    let total = DecoderGradient<T>(shape: context.shape)
    for part in parts { total.add(part) }
    return context.backward(total)
  }

  /// The activations of a group, recorded already or now.
  private func tape(of group: ArraySlice<Partition>) -> DecoderTape<T> {
    if let known = recorded.first(where: { $0.partitions == Array(group) }) { return known.tape }
    let tape = DecoderTape<T>(shape: context.shape, width: group.count, recording: true)
    decoder.record(group, on: tape)
    return tape
  }

  /// p(class | edge, earlier decisions) of given partitions: [partition][edge · M + class].
  func probabilities(of partitions: [Partition]) -> [[Double]] {
    if let known = recorded.first(where: { $0.partitions.starts(with: partitions) }) {
      return partitions.indices.map { known.probabilities(of: $0, context.shape) }
    }
    return sideBySide(groups(of: partitions.count), width: groupsAtOnce) { group in
      let tape = DecoderTape<T>(shape: context.shape, width: group.count, recording: false)
      var rows = group.map { _ in [Double]() }
      decoder.run(tape) { edge, index, probabilities in
        let values = LaneMatrix.scalars(probabilities)
        for entry in 0..<context.shape.classCount { rows[index].append(Double(values[entry])) }
        return Int(partitions[group.lowerBound + index].classes[edge])
      }
      return rows
    }.flatMap { $0 }
  }
}
