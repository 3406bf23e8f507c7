import ExactArithmetic

/// What can be tuned in a controller; nil means the default of its kind.
///
/// The factorised controller reads `learningRate`, `entropyWeight` and `initialConcentration`, those
/// without gradients nothing.
public struct ControllerSettings: Codable, Hashable, Sendable {
  /// Step α on the summed score, as it moves a logit: the factorised controller's own logits, or those
  /// that the pointer network's V_edge gives at the start.
  public var learningRate: Double?
  /// Pointer: Adam's step for the parameters that all edges share.
  public var sharedLearningRate: Double?
  /// Weight of the entropy per edge beside the standardised rewards.
  public var entropyWeight: Double?
  /// Decay of the moving-average reward baseline, in 0..<1.
  public var baselineDecay: Double?
  /// Largest mean KL(new ‖ old) per edge of one step, in nats.
  public var divergenceLimit: Double?
  /// Weight of a replayed partition's advantage beside a sampled one's.
  public var replayWeight: Double?
  /// Number of best partitions kept for replay.
  public var replayCapacity: Int?
  /// Divisor of the attention scores before they are bounded.
  public var temperature: Double?
  /// c of c·tanh(score / temperature), the bound of the logits.
  public var logitBound: Double?
  /// Width of both LSTMs, a multiple of 8.
  public var hiddenWidth: Int?
  /// Width of the embeddings and of the attention, a multiple of 8.
  public var attentionWidth: Int?
  /// Probability of the class that each edge has in an initial random partition; nil starts uniform.
  public var initialConcentration: Double?
  /// Bytes that the activations of one update may take.
  public var memoryBudget: Int?

  /// Settings that leave everything to the defaults of the kind.
  public init() {}

  /// The first setting that is out of range, said in one line, or nil.
  public var problem: String? {
    for (name, path, range) in Self.numbers {
      if let value = self[keyPath: path], !range.contains(value) {
        return "controller setting \(name) is \(value), expected \(range)"
      }
    }
    for (name, path, range) in Self.counts {
      if let value = self[keyPath: path], !range.contains(value) {
        return "controller setting \(name) is \(value), expected \(range)"
      }
    }
    for (name, width) in [("hiddenWidth", hiddenWidth), ("attentionWidth", attentionWidth)] {
      if let width, width % 8 != 0 {
        return "controller setting \(name) is \(width), expected a multiple of 8"
      }
    }
    return nil
  }

  /// ln p − ln p', the lead in nats of the class with probability p = `initialConcentration` over each
  /// other with p' = (1 − p) / (M − 1); nil where the start is uniform.
  func initialLead(classCount: Int) -> Double? {
    guard let probability = initialConcentration, probability * Double(classCount) > 1 else {
      return nil
    }
    return ElementaryFunctions.naturalLogarithm(
      probability * Double(classCount - 1) / (1 - probability))
  }

  /// Largest number of edges or classes that a checkpoint may claim.
  static let largestCount = 1 << 24

  private static var numbers: [(String, WritableKeyPath<Self, Double?>, ClosedRange<Double>)] {
    [
      ("learningRate", \.learningRate, 0...1e3),
      ("sharedLearningRate", \.sharedLearningRate, 0...1e3),
      ("entropyWeight", \.entropyWeight, -1e3...1e3),
      ("baselineDecay", \.baselineDecay, 0...0.999_999),
      ("divergenceLimit", \.divergenceLimit, 1e-9...1e3),
      ("replayWeight", \.replayWeight, 0...1e3),
      ("temperature", \.temperature, 1e-3...1e3),
      ("logitBound", \.logitBound, 1e-3...60),
      ("initialConcentration", \.initialConcentration, 0...0.999),
    ]
  }

  private static var counts: [(String, WritableKeyPath<Self, Int?>, ClosedRange<Int>)] {
    [
      ("replayCapacity", \.replayCapacity, 0...4096),
      ("hiddenWidth", \.hiddenWidth, 8...1024),
      ("attentionWidth", \.attentionWidth, 8...1024),
      ("memoryBudget", \.memoryBudget, 1 << 20...1 << 40),
    ]
  }

  func write(to writer: inout CheckpointWriter) {
    for (_, path, _) in Self.numbers { writer.write(self[keyPath: path]) }
    for (_, path, _) in Self.counts { writer.write(self[keyPath: path] ?? -1) }
  }

  init(reading reader: inout CheckpointReader) throws(CheckpointError) {
    for (name, path, _) in Self.numbers {
      self[keyPath: path] = try reader.optionalDouble(name)
    }
    for (_, path, _) in Self.counts {
      let value = try reader.integer()
      self[keyPath: path] = value == -1 ? nil : value
    }
    if let problem {
      throw CheckpointError(code: .invalidField, detail: problem)
    }
  }
}
