import Foundation

/// One measured figure beside what it is measured against.
public struct Figure: Codable {
  /// Which way is good.
  public enum Direction: String, Codable {
    case higher
    case lower
  }

  /// What was measured.
  public var name: String
  /// Its value, in `unit`.
  public var value: Double
  /// The unit of value and goal.
  public var unit: String
  /// What it has to reach; nil where it only tells.
  public var goal: Double?
  /// Which way is good.
  public var better = Direction.lower
  /// The peer or limit, with its own value in the same run where it has one.
  public var against: String

  /// A figure with the given parts.
  public init(
    name: String, value: Double, unit: String, goal: Double? = nil, better: Direction = .lower,
    against: String
  ) {
    (self.name, self.value, self.unit) = (name, value, unit)
    (self.goal, self.better, self.against) = (goal, better, against)
  }

  /// Whether the goal is met; true where there is none.
  public var isReached: Bool {
    guard let goal else { return true }
    return better == .lower ? value <= goal : value >= goal
  }

  /// The figure in a line, `+` or `-` before it where it has a goal.
  public var line: String {
    let mark = goal == nil ? " " : isReached ? "+" : "-"
    let aim = goal.map { " (\(better == .lower ? "at most" : "at least") \(Self.text($0)))" } ?? ""
    return "\(mark) \(name): \(Self.text(value)) \(unit)\(aim), against \(against)"
  }

  /// Four significant digits.
  public static func text(_ value: Double) -> String { String(format: "%.4g", value) }
}

/// Nanoseconds of processor time that this thread has used.
public func threadTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// Nanoseconds of processor time that this process has used, all threads together.
public func processTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// The least processor time of a call, in nanoseconds, over rounds of about five milliseconds.
///
/// The least is what the code costs; the rest is what other work on the machine took from it.
public func nanoseconds(
  rounds: Int = 15, by clock: () -> Double = threadTime, _ call: () -> Void
) -> Double {
  var (count, least, done) = (1, Double.infinity, 0)
  while done < rounds {
    let start = clock()
    for _ in 0..<count { call() }
    let elapsed = clock() - start
    if elapsed < 5e6, done == 0, count < 1 << 24 {
      count *= 2
    } else {
      least = min(least, elapsed / Double(count))
      done += 1
    }
  }
  return least
}
