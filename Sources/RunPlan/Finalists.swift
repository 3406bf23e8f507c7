import ChromaticPolicy
import Foundation
import RunQueue

/// The best policies seen so far, best first: the aggregator's fields of the checkpoint hash.
///
/// Each is a policy file of its own, so `redis-cli hget … finalist:0` shows a usable policy.
public struct Finalists: Sendable, Hashable {
  /// The field of the policy the run ended with.
  public static let policyField = "policy"
  /// Best first, by the failures among the proposal's episodes, then by their mean return; ties to the
  /// earlier iteration.
  ///
  /// The latest first where the policies' class prefers it.
  public private(set) var policies: [Policy] = []
  /// Their policy files, which are written once: most iterations change none.
  private var texts: [String] = []

  /// No policies yet.
  public init() {}

  /// The field of finalist number `number`.
  public static func field(_ number: Int) -> String { "finalist:\(number)" }

  /// The field of their number, which tells a finalist that was deleted from one that never was.
  static let countField = "finalists"

  /// The names of all fields that `limit` finalists may take.
  public static func fieldNames(limit: Int) -> [String] { [countField] + (0..<limit).map(field) }

  /// The finalists in the values of `fieldNames`, as they stand after `iterations` iterations.
  ///
  /// - Parameters:
  ///   - values: of `fieldNames`, in their order; nil where absent.
  ///   - iterations: how many are done.
  ///   - known: finalists that were read before, whose files are not read again.
  public init(
    _ values: [String?], after iterations: Int, known: Finalists = Finalists()
  ) throws(DamagedFields) {
    for (number, value) in values.dropFirst().enumerated() {
      guard let value else { continue }
      texts.append(value)
      if let place = known.texts.firstIndex(of: value) {
        policies.append(known.policies[place])
      } else {
        policies.append(try Self.policy(value, field: Self.field(number)))
      }
    }
    if iterations == 0, values.allSatisfy({ $0 == nil }) { return }
    guard let count = values.first.flatMap({ $0 }), count == String(policies.count),
      values.dropFirst().prefix(policies.count).allSatisfy({ $0 != nil })
    else {
      throw DamagedFields(
        field: Self.countField,
        reason:
          "is '\(values.first.flatMap { $0 } ?? "missing")', but \(policies.count) are there: the "
          + "checkpoint is of an older version, or was changed or deleted by hand")
    }
  }

  /// The policy that `text`, the value of `field`, describes.
  public static func policy(_ text: String, field: String) throws(DamagedFields) -> Policy {
    do {
      return try PolicyFile.decode(Data(text.utf8))
    } catch {
      throw DamagedFields(field: field, reason: "is no policy: \(error)")
    }
  }

  /// Takes up `policy`, which must carry its evaluation, and keeps the best `limit`.
  public mutating func consider(_ policy: Policy, limit: Int) {
    let place = policies.firstIndex { Self.isBetter(policy, than: $0) } ?? policies.endIndex
    guard place < limit else { return }
    policies.insert(policy, at: place)
    texts.insert(Self.text(policy), at: place)
    policies = Array(policies.prefix(limit))
    texts = Array(texts.prefix(limit))
  }

  /// The hash's fields.
  public var fields: Fields { changes(since: Finalists()) }

  /// The hash's fields that `former` finalists do not have, and their number.
  public func changes(since former: Finalists) -> Fields {
    var fields: Fields = [Self.countField: String(policies.count)]
    for (number, text) in texts.enumerated()
    where !former.texts.indices.contains(number) || former.texts[number] != text {
      fields[Self.field(number)] = text
    }
    return fields
  }

  /// A policy as the value of a field.
  public static func text(_ policy: Policy) -> String {
    String(decoding: PolicyFile.encode(policy), as: UTF8.self)
  }

  /// The best policy's mean return if it is at least the one at which the run is to end, else nil.
  public func reached(_ configuration: RunConfiguration) -> Double? {
    guard let goal = configuration.stopAtReturn, let mean = policies.first?.evaluation?.mean else {
      return nil
    }
    return mean >= goal ? mean : nil
  }

  private static func isBetter(_ policy: Policy, than other: Policy) -> Bool {
    if policy.policyClass.prefersLatest {
      return policy.training.iteration > other.training.iteration
    }
    guard let evaluation = policy.evaluation else { return false }
    return other.evaluation.map { evaluation.isBetter(than: $0, by: \.mean) } ?? true
  }
}

extension Finalists {
  /// The finalist with the fewest failures, of those the one with the best mean less deviation over its
  /// episodes, with those as its evaluation.
  ///
  /// A policy that falls now and then has a large deviation, however high its mean.
  ///
  /// - Parameters:
  ///   - results: finalist f has the indices f·`episodes`..<(f + 1)·`episodes`.
  ///   - episodes: of each finalist.
  public func best(_ results: [EvaluationResult], episodes: Int) -> Policy? {
    let returns = results.map { $0.episode?.totalReward }
    let finished = returns.compactMap(\.self)
    var best: Policy?
    for (number, policy) in policies.enumerated() {
      let range = (number * episodes..<(number + 1) * episodes).clamped(to: 0..<results.count)
      let worth = FailureReturn.worth(
        beside: finished, given: policy.environment.failureReturn)
      guard let evaluation = Policy.Evaluation(returns: Array(returns[range]), worth: worth) else {
        continue
      }
      if best?.evaluation.map({ evaluation.isBetter(than: $0) { $0.mean - $0.std } }) ?? true {
        best = policy
        best?.evaluation = evaluation
      }
    }
    return best
  }
}
