import Foundation
import Synchronization

/// When the processes of a ring were on a processor, by Linux' accounts of their threads.
final class ServiceActivity: Sendable {
  /// Seconds on a processor until a moment, all threads together.
  struct Sample {
    let moment: Double
    let used: Double
  }

  /// Seconds between two looks.
  private static let interval = 0.002

  private let processes: [(name: String, process: Int32)]
  private let samples: Mutex<[String: [Sample]]> = Mutex([:])
  private let isOver = Atomic(false)

  /// Begins to look at processes.
  init(_ processes: [(name: String, process: Int32)]) {
    self.processes = processes
    Thread.detachNewThread { [self] in
      while !isOver.load(ordering: .relaxed) {
        for (name, process) in processes {
          let sample = Sample(moment: now(), used: Self.used(by: process))
          samples.withLock { $0[name, default: []].append(sample) }
        }
        Thread.sleep(forTimeInterval: Self.interval)
      }
    }
  }

  /// Looks no longer.
  func end() { isOver.store(true, ordering: .relaxed) }

  /// The names of the processes.
  var names: [String] { processes.map(\.name) }

  /// Which part of each of `count` spans of `width` seconds from `start` on the process had a processor; more than 1 for
  /// one with several threads.
  func share(of name: String, from start: Double, width: Double, count: Int) -> [Double] {
    let samples = samples.withLock { $0[name] ?? [] }
    var shares = [Double](repeating: 0, count: count)
    for (one, next) in zip(samples, samples.dropFirst()) where next.moment > start {
      let (from, to) = ((one.moment - start) / width, (next.moment - start) / width)
      let rate = (next.used - one.used) / (next.moment - one.moment)
      guard to > 0, from < Double(count) else { continue }
      for point in max(0, Int(from))...min(Int(to), count - 1) {
        shares[point] += rate * (min(to, Double(point) + 1) - max(from, Double(point)))
      }
    }
    return shares
  }

  /// Seconds that all threads of a process were on a processor.
  private static func used(by process: Int32) -> Double {
    let folder = "/proc/\(process)/task"
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return threads.reduce(0) { sum, thread in
      let path = "\(folder)/\(thread)/schedstat"
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      return sum + (text.split(separator: " ").first.flatMap { Double($0) } ?? 0) * 1e-9
    }
  }
}
