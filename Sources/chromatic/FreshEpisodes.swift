import ChromaticPolicy
import Environments
import Programs

/// Episodes that a policy has just played, not all of which need have been simulated to their end.
struct FreshEpisodes {
  /// One by one.
  let played: [PlayedEpisode]
  /// Their summary, failures included.
  let evaluation: Policy.Evaluation
  /// Why the last of the failures failed.
  let lastFailure: EnvironmentFailure?

  /// The environment's own returns by episode, nil for one that failed.
  var returns: [Double?] { played.map(\.return) }

  /// How many failed, what they count and why the last one failed; nil if none did.
  var failures: String? {
    guard let lastFailure, let worth = evaluation.failureReturn else { return nil }
    return
      "\(evaluation.failureCount) of \(evaluation.episodes) episodes failed and count \(worth) "
      + "each (--failure-return); the last: \(lastFailure)"
  }

  /// Says on standard error how many episodes failed, if any did.
  ///
  /// - Parameter name: whose episodes, where there are others'.
  func warnOfFailures(of name: String? = nil) {
    guard let failures else { return }
    let whose = name.map { "\($0): " } ?? ""
    StandardStreams.say("warning: \(whose)\(failures)")
  }
}
