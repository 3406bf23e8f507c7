import ChromaticPolicy
import Environments
import ReadableNumbers
import RunPlan
import TerminalProgress

/// What `environments --check` says: `docs/schemas/environment-check.json`.
struct EnvironmentReport: Encodable {
  /// What training under the defaults would take.
  struct Training: Encodable {
    var evaluations: Int
    var environmentSteps: Double
    /// Seconds of one evaluator slot.
    var seconds: Double
  }

  var environment: EnvironmentSettings
  /// Sizes; nil where it cannot be made.
  var observations: Int?
  var actions: Int?
  var horizon: Int?
  var usable: Bool
  var findings: [EnvironmentCheck.Finding]
  var stepsPerSecond: Double?
  var meanEpisodeSteps: Double?
  var training: Training?

  init(_ settings: EnvironmentSettings, seed: UInt64 = 0) throws {
    environment = settings
    let description: EnvironmentDescription
    do throws(EnvironmentError) {
      description = try EnvironmentCatalog.description(of: settings)
    } catch {
      guard let finding = EnvironmentCheck.Finding(error) else { throw error }
      (usable, findings) = (false, [finding])
      return
    }
    let check = try EnvironmentCheck(description, seed: seed)
    (observations, actions, horizon) = (
      description.observationSize, description.actionSize, description.horizon
    )
    (usable, findings) = (check.isUsable, check.findings)
    (stepsPerSecond, meanEpisodeSteps) = (check.stepsPerSecond, check.meanLength)
    let configuration = try? RunConfiguration(
      environment: settings, description.traits, given: [:])
    guard let configuration, let stepsPerSecond, let meanEpisodeSteps else { return }
    let evaluations =
      configuration.iterations * TaskSchedule(configuration).trainingCount
      + configuration.finalists * configuration.finalistEpisodes
    let steps = Double(evaluations) * meanEpisodeSteps
    training = Training(
      evaluations: evaluations, environmentSteps: steps, seconds: steps / stepsPerSecond)
  }

  /// A line for each finding, then what a step and a training cost.
  var lines: [String] {
    var rows = findings.map { finding in
      [
        finding.level.rawValue, finding.topic,
        finding.text + (finding.mend.map { "; \($0)" } ?? ""),
      ]
    }
    if let stepsPerSecond, let meanEpisodeSteps {
      rows.append([
        "ok", "speed",
        "\(Quantity.rate(stepsPerSecond)) steps/s of one slot, episodes of "
          + "\(Quantity.count(Int(meanEpisodeSteps.rounded()))) steps under random actions",
      ])
    }
    if let training {
      rows.append([
        "ok", "training",
        "by default \(Quantity.count(training.evaluations)) episodes: at that length "
          + "\(Quantity.rate(training.environmentSteps)) steps, \(Quantity.duration(training.seconds)) of one slot",
      ])
    }
    return TextTable.leftLines(rows)
  }
}
