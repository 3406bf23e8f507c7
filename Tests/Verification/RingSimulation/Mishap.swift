import Randomness
import RunPlan
import RunQueue

/// What befalls the store itself.
enum Mishap {
  /// A key is deleted; of one run where it belongs to one.
  case deleted(VanishingKey, RunID)
  /// The store's clock stands so many seconds ahead of the simulation's from then on.
  case clockJump(Double)
  /// All is gone, and the operator submits every run again under its name: those named here with other
  /// settings.
  case begunAnew([RunID: RunConfiguration])

  /// How it is counted.
  var fault: Fault {
    switch self {
    case .deleted: .deletedKey
    case .clockJump: .clockJump
    case .begunAnew: .begunAnew
    }
  }

  /// The mishaps of a schedule with these runs, by their virtual time; of most schedules none.
  static func drawn(
    from random: inout RandomStream, plans: [RunPlan]
  ) -> [(moment: Double, mishap: Mishap)] {
    var mishaps: [(moment: Double, mishap: Mishap)] = []
    func pick<Value>(_ values: [Value]) -> Value {
      values[Int(random.next() % UInt64(values.count))]
    }
    if random.uniform() < 0.3 {
      for _ in 0...random.next() % 6 {
        let key = pick(VanishingKey.allCases)
        mishaps.append((random.uniform(0, 40), .deleted(key, pick(plans).run)))
      }
    }
    if random.uniform() < 0.3 {
      for _ in 0...random.next() % 2 {
        let seconds = pick([-259_200, -3600, -30, 30, 3600, 259_200] as [Double])
        mishaps.append((random.uniform(0, 40), .clockJump(seconds)))
      }
    }
    if random.uniform() < 0.2 {
      let successors = plans.map { ($0.run, pick(Schedule.configurations)) }
      mishaps.append(
        (random.uniform(0, 30), .begunAnew(Dictionary(uniqueKeysWithValues: successors))))
    }
    return mishaps
  }
}

/// A store whose contents a simulation can damage.
public protocol SimulatedStore: RunStore {
  /// What it keeps its queue in.
  var memory: InMemoryRunStore { get }
}

extension InMemoryRunStore: SimulatedStore {
  /// Itself.
  public var memory: InMemoryRunStore { self }
}
