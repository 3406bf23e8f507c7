import Foundation

/// Linux control groups of a process, of version 1 or 2, and what they allow it.
struct ControlGroups {
  /// A hierarchy as it is mounted, and the process's group in it.
  private struct Hierarchy {
    /// `cgroup2`, or `cgroup` of version 1.
    let kind: Substring
    /// Of version 1: what it controls.
    let controllers: [Substring]
    /// Where its groups are directories.
    let mountPoint: Substring
    /// The group that is mounted there: `/` but for containers.
    let root: Substring
    /// The process's group, as seen from the same root.
    var group = ""
  }

  private let hierarchies: [Hierarchy]
  private let read: (String) -> String?

  /// The groups of this process.
  static var ofThisProcess: ControlGroups {
    let read = { (path: String) in
      FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
    return ControlGroups(
      groups: read("/proc/self/cgroup") ?? "", mounts: read("/proc/self/mountinfo") ?? "",
      read: read)
  }

  /// Groups as `/proc/self/cgroup` and `/proc/self/mountinfo` list them; `read` gives a file's text.
  init(groups: String, mounts: String, read: @escaping (String) -> String?) {
    self.read = read
    let lines = groups.split(separator: "\n").map {
      $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    }.filter { $0.count == 3 }
    hierarchies = mounts.split(separator: "\n").compactMap(Self.hierarchy).compactMap { mounted in
      let line = lines.first { line in
        mounted.kind == "cgroup2"
          ? line[0] == "0" && line[1].isEmpty
          : line[1].split(separator: ",").contains { mounted.controllers.contains($0) }
      }
      guard let line else { return nil }
      var hierarchy = mounted
      hierarchy.group = String(line[2])
      return hierarchy
    }
  }

  /// A line such as `31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw`, nil for other file systems.
  private static func hierarchy(_ line: Substring) -> Hierarchy? {
    let words = line.split(separator: " ")
    guard let dash = words.firstIndex(of: "-"), dash >= 5, words.count > dash + 3 else {
      return nil
    }
    let kind = words[dash + 1]
    guard kind == "cgroup" || kind == "cgroup2" else { return nil }
    return Hierarchy(
      kind: kind, controllers: words[dash + 3].split(separator: ","), mountPoint: words[4],
      root: words[3])
  }

  /// Processors' worth of time that the strictest group allows; nil where none limits it.
  var processorQuota: Double? {
    hierarchies.flatMap { hierarchy in
      directories(of: hierarchy).compactMap { directory -> Double? in
        if hierarchy.kind == "cgroup2" { return quota(read("\(directory)/cpu.max")) }
        guard hierarchy.controllers.contains("cpu"),
          let limit = read("\(directory)/cpu.cfs_quota_us"),
          let period = read("\(directory)/cpu.cfs_period_us")
        else { return nil }
        return quota("\(limit) \(period)")
      }
    }.min()
  }

  /// Quota over period, both in microseconds; nil for `max` or −1.
  private func quota(_ text: String?) -> Double? {
    let numbers = (text ?? "").split(whereSeparator: \.isWhitespace).map { Double($0) }
    guard numbers.count == 2, let limit = numbers[0], let period = numbers[1], limit > 0, period > 0
    else { return nil }
    return limit / period
  }

  /// The directories of the process's group and of all above it, as far as they are mounted.
  private func directories(of hierarchy: Hierarchy) -> [String] {
    var group = hierarchy.group
    if hierarchy.root != "/", group.hasPrefix(hierarchy.root) {
      group = String(group.dropFirst(hierarchy.root.count))
    }
    var names = group.split(separator: "/").filter { $0 != ".." }
    var directories: [String] = []
    while !names.isEmpty {
      directories.append("\(hierarchy.mountPoint)/\(names.joined(separator: "/"))")
      names.removeLast()
    }
    return directories + [String(hierarchy.mountPoint)]
  }
}
