import Foundation

/// One measured figure beside what it is measured against.
struct Figure: Codable {
  /// Which way is good.
  enum Direction: String, Codable {
    case higher
    case lower
  }

  var name: String
  var value: Double
  var unit: String
  /// What it has to reach; nil where it only tells.
  var goal: Double?
  var better = Direction.lower
  /// The peer or limit, with its own value in the same run where it has one.
  var against: String

  var isReached: Bool {
    guard let goal else { return true }
    return better == .lower ? value <= goal : value >= goal
  }

  var line: String {
    let mark = goal == nil ? " " : isReached ? "+" : "-"
    let aim = goal.map { " (\(better == .lower ? "at most" : "at least") \(Self.text($0)))" } ?? ""
    return "\(mark) \(name): \(Self.text(value)) \(unit)\(aim), against \(against)"
  }

  /// Four significant digits.
  static func text(_ value: Double) -> String { String(format: "%.4g", value) }
}

/// Nanoseconds of processor time that this thread has used.
func threadTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// Nanoseconds of processor time that this process has used, all threads together.
func processTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// The least processor time of a call, in nanoseconds, over rounds of about five milliseconds.
///
/// The least is what the code costs; the rest is what other work on the machine took from it.
func nanoseconds(
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
