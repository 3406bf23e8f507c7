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
  /// The share of the return that is to be kept; nil where the number of weights is given.
  let keep: Double?
  /// With so many weights as were tried; the last one is the one that is written.
  var tried: [JudgedPolicy] = []

  var after: JudgedPolicy? { tried.last }

  /// Whether the last one keeps that share of the mean return; where none is asked for, any does.
  var isKept: Bool {
    guard let keep else { return true }
    guard let mean = before.evaluation?.mean, let now = after?.evaluation?.mean else {
      return false
    }
    return now >= mean - (1 - keep) * abs(mean)
  }
}
