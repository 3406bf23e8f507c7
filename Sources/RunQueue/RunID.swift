/// The name of a run: 1 to 64 letters, digits, dots, dashes or underscores, but not `.` or `..`, since it
/// also names files.
public struct RunID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The name itself.
  public let name: String

  /// The run called `name`, or nil if that is no valid run name.
  public init?(_ name: some StringProtocol) {
    guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy(Self.isAllowed),
      name != ".", name != ".."
    else {
      return nil
    }
    self.name = String(name)
  }

  /// The name itself.
  public var description: String { name }

  /// Alphabetical order.
  public static func < (a: RunID, b: RunID) -> Bool { a.name < b.name }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
