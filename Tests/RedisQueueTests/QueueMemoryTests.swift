import ChromaticPolicy
import Foundation
import LocalRing
import RedisQueue
import RunPlan
import RunQueue
import ServerTestKit
import Testing

/// A run holds what its configuration lets expect, however long it goes on.
@Suite struct QueueMemoryTests {
  static let iterations = 10_000
  /// A long HalfCheetah run with a partition for each of 300 evaluations.
  static let configuration: RunConfiguration = {
    var configuration = RunConfiguration(
      environment: .init("HalfCheetah-v5"), observationSize: 17, actionSize: 6)
    configuration.iterations = iterations
    configuration.estimator = .forward
    configuration.perturbations = 300
    configuration.pivots = 16
    configuration.evaluations = 4
    return configuration
  }()

  /// Lets `run` go through all its iterations with one evaluation each.
  private func goThrough(_ store: any RunStore, _ run: RunID) throws {
    try store.submit(run, config: Self.configuration.fields)
    for number in 0..<Self.iterations {
      let before = IterationID(run: run, iteration: number - 1)
      #expect(try store.publish(.tasks(1), after: before))
      _ = try store.complete(store.take(by: "e1"), result: LongFields.result)
      let reduction = Reduction(
        weights: nil, partitions: [:], checkpoint: [:], history: LongFields.line(number))
      #expect(try store.commit(reduction, of: IterationID(run: run, iteration: number)))
    }
  }

  /// Publishes the whole of one more iteration and delivers all its results but the last.
  private func fill(_ store: any RunStore, _ run: RunID) throws {
    let count = TaskSchedule(Self.configuration).trainingCount
    let publication = Publication(
      taskCount: count, weights: LongFields.weights(Self.configuration),
      partitions: LongFields.batch(Self.configuration),
      checkpoint: LongFields.checkpoint(Self.configuration))
    let last = IterationID(run: run, iteration: Self.iterations - 1)
    #expect(try store.publish(publication, after: last))
    for _ in 1..<count {
      _ = try store.complete(store.take(by: "e1"), result: LongFields.result)
    }
  }

  /// A second run made of a snapshot of `run`, through a file.
  private func copy(_ run: RunID, on store: any RunStore) throws -> RunID {
    let snapshot = try store.snapshot(of: run)
    let copy = try #require(RunID("b"))
    try store.restore(RunSnapshotFile.decode(RunSnapshotFile.encode(snapshot)), as: copy)
    var second = try store.snapshot(of: copy)
    second.name = run.name
    #expect(second == snapshot)
    return copy
  }

  @Test func `10,000 iterations hold redis below the run's bound, and forgetting frees it`() throws
  {
    let directory = try TestDirectory()
    let server = try PrivateRedisServer(in: directory.path)
    defer { server.stop() }
    let subject = try RedisRunStore(url: server.url, keys: SharedServer.freshQueue())
    let connection = try RedisConnection(to: server.url)
    let run = try run("a")
    try goThrough(subject, run)
    #expect(try connection.send(["DBSIZE"]) == .integer(5), "lists and hashes of past iterations")
    try fill(subject, run)
    let sizes = try connection.memory()
    let total = sizes.values.reduce(0, +)
    let bound = RunFootprint(Self.configuration)
    let largest = sizes.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }
    print("\(total) of at most \(bound.total) bytes: \(largest.joined(separator: ", "))")
    #expect(total < bound.total, "\(largest)")
    #expect(total > bound.total / 4, "the bound says little: \(largest)")
    let copy = try self.copy(run, on: subject)
    for run in [run, copy] {
      try subject.cancel(run)
      try subject.forget(run)
    }
    #expect(try subject.claim(by: "e1", lease: 30) == nil)
    #expect(try connection.memory().values.reduce(0, +) < 1000)
  }

  @Test func `10,000 iterations leave one line each in memory and nothing else`() throws {
    let store = InMemoryRunStore()
    let run = try run("a")
    try goThrough(store, run)
    #expect(try store.history(of: run, from: 0).count == Self.iterations)
    #expect(
      try QueueState(of: store)
        == QueueState(updates: ["a \(Self.iterations - 1)"], runs: ["a": "running"]))
    let snapshot = try store.snapshot(of: run)
    #expect(snapshot.returns.isEmpty)
    #expect(RunSnapshotFile.encode(snapshot).count < RunFootprint(Self.configuration).history)
  }
}

/// Texts as long as a real run's, or longer: every number in its longest form.
private enum LongFields {
  static let number = -1.234567890123456e-101

  static func numbers(_ count: Int) -> String {
    Array(repeating: number.description, count: count).joined(separator: ",")
  }

  static let result =
    "return=\(number) steps=1000 seconds=\(number) observations=1000 mean=\(numbers(17)) "
    + "squares=\(numbers(17))"

  static func line(_ iteration: Int) -> String {
    var entry = HistoryEntry(
      iteration: iteration, parameterNorm: number, environmentSteps: 321_000 * iteration)
    for field: WritableKeyPath<HistoryEntry, Double?> in [
      \.mean, \.std, \.min, \.max, \.pivot, \.proposal, \.gradientNorm, \.entropy, \.classesUsed,
      \.divergence,
    ] { entry[keyPath: field] = number }
    entry.searchStep = true
    return entry.line
  }

  static func weights(_ configuration: RunConfiguration) -> Fields {
    var snapshot = WeightsSnapshot(initialFor: configuration)
    snapshot.parameters = snapshot.parameters.map { _ in number }
    return snapshot.fields(configuration)
  }

  static func batch(_ configuration: RunConfiguration) -> Fields {
    let partition = Self.partition(configuration)
    let count = TaskSchedule(configuration).batchSize
    return PartitionBatch.fields(
      number: 1, partitions: Array(repeating: partition, count: count), proposal: partition
    ).merging(PartitionBatch.rewards(Array(repeating: number, count: count))) { $1 }
  }

  static func checkpoint(_ configuration: RunConfiguration) -> Fields {
    let size = configuration.observationSize
    let policy = Policy(
      environment: configuration.environment, architecture: configuration.architecture,
      partition: partition(configuration),
      parameters: Array(repeating: number, count: configuration.layout(of: 0).count),
      normalisation: .identity(size: size),
      training: .init(seed: .max, iteration: 9999, controller: "factorised"),
      evaluation: Policy.Evaluation(returns: [number, number]))
    var finalists = Finalists()
    for _ in 0..<configuration.finalists {
      finalists.consider(policy, limit: configuration.finalists)
    }
    let controller = configuration.controller.make(
      edgeCount: configuration.architecture.edgeCount, classCount: configuration.partitions,
      seed: 0, settings: configuration.controllerSettings)
    let theta = Data(controller.checkpoint()).base64EncodedString()
    return finalists.fields.merging(["controller": theta]) { $1 }
  }

  private static func partition(_ configuration: RunConfiguration) -> Partition {
    let edges = configuration.architecture.edgeCount
    let classes = (0..<edges).map { Int32($0 % configuration.partitions) }
    return Partition(classes: classes, classCount: configuration.partitions)
  }
}

extension RedisConnection {
  /// Bytes of every key, by its name's last part.
  fileprivate func memory() throws -> [String: Int] {
    var sizes: [String: Int] = [:]
    for key in try send(["KEYS", "*"]).strings() {
      guard case .integer(let bytes) = try send(["MEMORY", "USAGE", key, "SAMPLES", "0"]) else {
        continue
      }
      sizes[key.split(separator: "}").last.map(String.init) ?? key] = Int(bytes)
    }
    return sizes
  }
}
