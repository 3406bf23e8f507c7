import ChromaticPolicy
import EvolutionStrategies
import RunPlan
import RunQueue

/// What one evaluator slot keeps of a run it works on, so that weights travel once per iteration
/// and a partition once per batch.
struct RunCache {
  let run: RunID
  /// The submission that all of it belongs to.
  let submission: String

  private let player: EpisodePlayer
  private let configuration: RunConfiguration
  private var weights: WeightsSnapshot?
  private var batch: Int?
  private var decisions: [String: Decided] = [:]
  /// The finalists of `iteration`; a run that is given more iterations has others at its new end.
  private var finalists: [Int: PlayedPolicy] = [:]
  private var iteration = -1
  /// The directions of `iteration`.
  private var directions: DirectionSampler?

  /// Reads the configuration of a claim's run and makes its player; nil if another submission has taken
  /// its place.
  init?(_ claim: Claim, store: any RunReader, player: EpisodePlayerMaker) throws {
    run = claim.task.iteration.run
    let fields = try store.fields(.config, of: run)
    submission = try store.fields([Submission.field], in: .state, of: run)[0] ?? ""
    guard submission == claim.submission else { return nil }
    do {
      configuration = try RunConfiguration(fields)
      self.player = try player(configuration)
    } catch {
      throw CannotRun(reason: "\(error)")
    }
  }

  /// Whether it is of the submission that `claim` belongs to.
  func serves(_ claim: Claim) -> Bool {
    run == claim.task.iteration.run && submission == claim.submission
  }

  /// How many numbers it holds.
  var size: Int {
    let edges = configuration.searchSpace.decisionCount
    return (weights?.parameters.count ?? 0) + decisions.count * edges + (directions?.size ?? 0)
      + finalists.values.reduce(0) { $0 + $1.parameters.count + edges }
  }

  /// Forgets what changes while a run goes on, so that it is read anew.
  mutating func forgetProgress() {
    weights = nil
    batch = nil
    decisions = [:]
    finalists = [:]
  }

  /// Has the episode played that `task` asks for; nil if its iteration is over.
  ///
  /// Partitions that the tasks `ahead` need are read together with its own.
  mutating func play(
    _ task: TaskID, ahead: [TaskID], store: any RunReader
  ) throws -> EvaluationResult.Episode? {
    guard let evaluation = Evaluation(task, of: configuration) else { throw StrayTask(task: task) }
    if task.iteration.iteration != iteration {
      finalists = [:]
      directions = nil
    }
    iteration = task.iteration.iteration
    guard let policy = try policy(of: evaluation, ahead: ahead, store: store) else {
      forgetProgress()
      if try isCurrent(task, store: store) { throw UnfitWeights(task: task) }
      return nil
    }
    let episode = try player(EpisodeRequest(task: task, policy: policy, random: evaluation.episode))
    if let absurdity = episode.absurdity { throw AbsurdEpisode(description: absurdity) }
    return episode
  }

  /// Whether the run still waits for `task`, by its state.
  private func isCurrent(_ task: TaskID, store: any RunReader) throws(StoreError) -> Bool {
    let state = try store.fields(
      ["phase", "iteration", "expected", Submission.field], in: .state, of: run)
    guard let phase = state[0].flatMap(RunPhase.init(rawValue:)), !phase.isOver,
      let expected = state[2].flatMap({ Int($0) })
    else { return false }
    return state[1] == String(task.iteration.iteration) && task.index < expected
      && state[3] ?? "" == submission
  }

  private mutating func policy(
    of evaluation: Evaluation, ahead: [TaskID], store: any RunReader
  ) throws -> PlayedPolicy? {
    guard let field = evaluation.partitionField else {
      return try finalist(evaluation, store: store)
    }
    guard let weights = try weights(of: evaluation, store: store),
      let decided = try decided(
        field, batch: evaluation.batch, form: weights.form, ahead: ahead, store: store)
    else { return nil }
    // Taken out while it changes, so that nothing in it is copied.
    var directions = self.directions.take() ?? configuration.directions(of: iteration)
    defer { self.directions = directions }
    return evaluation.policy(weights, decided: decided, directions: &directions)
  }

  /// The weights that the evaluation's iteration starts from, or nil if that is over.
  private mutating func weights(
    of evaluation: Evaluation, store: any RunReader
  ) throws -> WeightsSnapshot? {
    if let weights, evaluation.starts(from: weights) { return weights }
    weights = try WeightsSnapshot(store.fields(.weights, of: run), configuration)
    return weights.flatMap { evaluation.starts(from: $0) ? $0 : nil }
  }

  /// What batch number `number` decides in `field`, or nil if that batch is no longer in use.
  private mutating func decided(
    _ field: String, batch number: Int, form: WeightForm, ahead: [TaskID], store: any RunReader
  ) throws -> Decided? {
    if batch != number { decisions = [:] }
    if let decided = decisions[field] { return decided }
    let others = ahead.compactMap { Evaluation($0, of: configuration) }
      .filter { $0.batch == number }.compactMap(\.partitionField)
    let wanted = Set(others).subtracting(decisions.keys).subtracting([field]).sorted()
    let names = [PartitionBatch.batchField, PartitionBatch.centresField, field] + wanted
    let values = try store.fields(names, in: .partitions, of: run)
    guard values[0] == String(number), values[2] != nil else { return nil }
    let fields = Fields(zip(names, values).compactMap { name, value in value.map { (name, $0) } }) {
      $1
    }
    batch = number
    let decided = try PartitionBatch.decided(field, of: fields, form: form, configuration)
    decisions[field] = decided
    for other in wanted where fields[other] != nil {
      // One that is damaged is its own evaluation's to say.
      decisions[other] = try? PartitionBatch.decided(other, of: fields, form: form, configuration)
    }
    return decided
  }

  /// The finalist to be compared, or nil if there is none.
  private mutating func finalist(
    _ evaluation: Evaluation, store: any RunReader
  ) throws -> PlayedPolicy? {
    guard case .finalist(let number) = evaluation.kind else { return nil }
    if let policy = finalists[number] { return policy }
    let field = Finalists.field(number)
    guard let text = try store.fields([field], in: .checkpoint, of: run)[0] else { return nil }
    let policy = try Finalists.policy(text, field: field)
    guard policy.architecture == configuration.architecture else {
      throw DamagedFields(field: field, reason: "has another architecture than its run")
    }
    let played = PlayedPolicy(policy)
    finalists[number] = played
    return played
  }
}

/// This machine cannot play any episode of a run: a model file, a package or an environment is missing.
///
/// It says nothing about the policy, so it is no result.
public struct CannotRun: Error {
  /// What is missing, in a line.
  public let reason: String

  /// An error for want of `reason`.
  public init(reason: String) { self.reason = reason }
}

/// A task that counts, for which the run holds no weights, partition or finalist.
///
/// They change together with the iteration, so somebody has changed or deleted them.
struct UnfitWeights: Error, CustomStringConvertible {
  let task: TaskID

  var description: String {
    "the run's weights, partitions or finalists are not those of iteration "
      + "\(task.iteration.iteration): they were changed or deleted by hand"
  }
}

/// An episode with a number that no aggregator would take.
struct AbsurdEpisode: Error, CustomStringConvertible {
  let description: String
}

/// A task that the run's schedule does not have.
struct StrayTask: Error, CustomStringConvertible {
  let task: TaskID

  var description: String { "task \(task) is not in the run's schedule" }
}
