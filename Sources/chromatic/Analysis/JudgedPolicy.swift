import ChromaticPolicy
import ReadableNumbers

/// A policy, what it costs, and what it returned over fresh episodes.
struct JudgedPolicy {
  let policy: Policy
  /// Nil where none was played.
  let evaluation: Policy.Evaluation?

  init(_ policy: Policy, _ evaluation: Policy.Evaluation?) {
    (self.policy, self.evaluation) = (policy, evaluation)
  }

  var weights: Int { policy.accounting.weights }

  /// Whether its mean return is at least `goal`.
  func reaches(_ goal: Double) -> Bool { evaluation.map { $0.mean >= goal } ?? false }

  /// For people: `17 weights, 6571 bits  mean 5943.1  std 79.2  min 5623.0  max 6101.4`.
  var line: String {
    let cost = "\(weights.counted("weight", "weights")), \(policy.accounting.bits) bits"
    guard let evaluation else { return cost }
    let figure = { (value: Double) in value.returnText(.plain) }
    return cost
      + "  mean \(figure(evaluation.mean))  std \(figure(evaluation.std))  "
      + "min \(figure(evaluation.min))  max \(figure(evaluation.max))"
  }
}

extension JudgedPolicy: Encodable {
  private enum CodingKeys: CodingKey { case weights, parameters, bits, evaluation }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encode(weights, forKey: .weights)
    try object.encode(policy.accounting.parameters, forKey: .parameters)
    try object.encode(policy.accounting.bits, forKey: .bits)
    try object.encodeIfPresent(evaluation, forKey: .evaluation)
  }
}

/// What `cluster --json` tells: `docs/schemas/cluster.json`.
struct ClusteredPolicy: Encodable {
  /// As it was trained.
  let before: JudgedPolicy
  /// With so many weights as were tried; the last one is the one that was written.
  let tried: [JudgedPolicy]
  /// The share of the return that was to be kept; nil where the number of weights was given.
  let keep: Double?

  var after: JudgedPolicy? { tried.last }
}
