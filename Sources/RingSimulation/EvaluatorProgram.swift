import Randomness
import RunProtocol
import Services

/// An evaluator of one slot: claims, plays the stand-in, renews meanwhile, delivers; may leave.
struct EvaluatorProgram: Program {
  let name: String
  let store: ReplayedStore
  /// The configurations of all runs, which never change.
  let configurations: [RunID: RunConfiguration]
  /// Whether it ends in order now and then.
  let leaves: Bool

  static let lease = 10.0

  mutating func step(_ random: inout RandomStream) throws(StoreError) -> NextStep {
    if leaves, random.uniform() < 0.03 { return try leave() }
    guard let task = try store.claim(by: name, lease: Self.lease) else {
      return .whenTasksArePending
    }
    // Told to stop right after a claim, it hands the task back: by name, or by leaving with it.
    if leaves, random.uniform() < 0.02 {
      if random.uniform() < 0.5 { try store.release([task], by: name) }
      return try leave()
    }
    let seconds = random.uniform() < 0.05 ? random.uniform(5, 30) : random.uniform(0.1, 1)
    guard let result = try evaluate(task, seconds: seconds) else {
      try store.release([task], by: name)
      return .after(0)
    }
    try play(task, seconds: seconds)
    _ = try store.complete(task, result: result.text)
    return .after(0)
  }

  private func leave() throws(StoreError) -> NextStep {
    try store.leave(name)
    return .restart
  }

  /// Lets the rollout's time pass; signs of life that do not get through are no reason to stop.
  private func play(_ task: TaskID, seconds: Double) throws(StoreError) {
    var remaining = seconds
    while remaining > 2 {
      try store.sleep(2)
      remaining -= 2
      _ = try? store.renew([task], by: name, lease: Self.lease)
      try? store.heartbeat(name, status: "{}")
    }
    try store.sleep(remaining)
  }

  /// The result of a task; nil if its iteration is over.
  private func evaluate(_ task: TaskID, seconds: Double) throws(StoreError) -> EvaluationResult? {
    let run = task.iteration.run
    guard let configuration = configurations[run] else { return nil }
    guard let texts = try texts(of: task, configuration) else { return nil }
    return StandInRollout.result(
      seed: configuration.seed, task: task, texts: texts,
      observationSize: configuration.observationSize, seconds: seconds)
  }

  /// What the task's policy consists of, as published; nil if its iteration is over.
  private func texts(
    of task: TaskID, _ configuration: RunConfiguration
  ) throws(StoreError) -> [String]? {
    let schedule = TaskSchedule(configuration)
    let (run, iteration) = (task.iteration.run, task.iteration.iteration)
    guard let kind = schedule.kind(iteration: iteration, index: task.index) else { return nil }
    if case .finalist(let number) = kind {
      let field = Finalists.field(number)
      return try store.fields([field], in: .checkpoint, of: run)[0].map { [$0] }
    }
    let weights = try store.fields(.weights, of: run)
    guard weights["iteration"] == String(iteration),
      let field = TaskEvaluation.partitionField(kind)
    else { return nil }
    let partition = try store.fields([PartitionBatch.batchField, field], in: .partitions, of: run)
    guard partition[0] == String(schedule.batch(of: iteration)), let text = partition[1] else {
      return nil
    }
    return ["shared", "biases", "mean", "squares"].map { weights[$0] ?? "" } + [text]
  }
}
