import Foundation

/// How many processors this process may use.
public enum AvailableProcessors {
  /// Those of its affinity mask, as far as its control groups let it use them, at least one.
  ///
  /// Foundation counts the machine's: under `taskset` or in a container there may be fewer.
  public static var count: Int {
    let status = FileManager.default.contents(atPath: "/proc/self/status") ?? Data()
    let allowed = affinity(status: String(decoding: status, as: UTF8.self))
    let processors = allowed ?? ProcessInfo.processInfo.activeProcessorCount
    let quota = ControlGroups.ofThisProcess.processorQuota ?? .infinity
    return max(1, Int(min(Double(processors), quota.rounded(.up))))
  }

  /// Processors of the affinity mask, which `/proc/self/status` lists as in `0-3,8`; nil if it does not.
  static func affinity(status: String) -> Int? {
    let label = "Cpus_allowed_list:"
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(label) }) else {
      return nil
    }
    var count = 0
    for range in line.dropFirst(label.count).split(separator: ",") {
      let ends = range.split(separator: "-").map { Int($0.filter { !$0.isWhitespace }) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, first >= 0, first <= last,
        last <= 1 << 20
      else { return nil }
      count += last - first + 1
    }
    return count > 0 ? count : nil
  }
}
