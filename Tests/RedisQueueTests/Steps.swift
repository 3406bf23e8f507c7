import RunQueue
import Testing

/// Names that tests write often.
func run(_ name: String) throws -> RunID { try #require(RunID(name)) }

func iteration(_ message: String) throws -> IterationID {
  try #require(IterationID(message: message))
}

func task(_ message: String) throws -> TaskID { try #require(TaskID(message: message)) }

extension Publication {
  /// A publication of `count` tasks that changes nothing else.
  static func tasks(_ count: Int) -> Publication {
    Publication(taskCount: count, weights: nil, partitions: nil, checkpoint: [:])
  }
}

extension Reduction {
  /// A reduction that leaves a recognisable mark in every part.
  static func marked(_ mark: String) -> Reduction {
    Reduction(
      weights: ["w": mark], partitions: ["rewards": mark], checkpoint: ["best": mark],
      history: "{\"mark\":\"\(mark)\"}")
  }
}

extension RunStore {
  /// Submits a run and publishes its first iteration of `count` tasks.
  func begin(_ name: String, tasks count: Int) throws {
    try submit(run(name), config: ["seed": "7"])
    #expect(try publish(.tasks(count), after: iteration("\(name) -1")))
  }

  /// Claims the next task, which must exist.
  func take(by evaluator: String) throws -> TaskID {
    try #require(try claim(by: evaluator, lease: 30))
  }
}
