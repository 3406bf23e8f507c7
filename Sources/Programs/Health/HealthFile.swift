import Foundation
import RunPlan

/// The file by which a service says that it is at work, to whoever looks at it from the same machine.
///
/// Renewed every few seconds, also while the service waits for Redis: starting it anew would not bring
/// the server back. A container's health check and a cluster's probe read it with `--check-health`.
public struct HealthFile: Sendable, Hashable {
  /// Its path.
  public var path: String

  /// Seconds between renewals.
  static let interval = 5.0
  /// Seconds after which one that was not renewed tells of a frozen service.
  static let longestSilence = 30.0

  /// The file that `CHROMATIC_HEALTH_FILE` names, nil if it names none.
  public init?(in environment: [String: String]) {
    guard let path = environment["CHROMATIC_HEALTH_FILE"], !path.isEmpty else { return nil }
    self.path = path
  }

  /// Says what stands still, nothing if all goes on.
  func renew(_ trouble: String?) throws(InvalidSetting) {
    do {
      try Data(((trouble ?? "at work") + "\n").utf8).write(to: URL(fileURLWithPath: path))
    } catch {
      throw InvalidSetting(
        "CHROMATIC_HEALTH_FILE is \(path), which cannot be written "
          + "(\(error.localizedDescription)): name a file in a directory that can")
    }
  }

  /// Leaves no sign of life of a service that has ended.
  func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// Why the service that renews the file counts as frozen at `now`; nil if it is at work.
  func trouble(at now: Date = Date()) -> String? {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      let renewed = attributes[.modificationDate] as? Date,
      let text = try? String(contentsOfFile: path, encoding: .utf8)
    else { return "there is no \(path): the service has not begun, or has ended" }
    let silence = abs(now.timeIntervalSince(renewed))
    guard silence <= Self.longestSilence else {
      return "\(path) was last renewed \(Int(silence)) s ago: the service is frozen"
    }
    let said = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return said == "at work" || said.isEmpty ? nil : said
  }
}
