import Foundation

/// The JSON in which every view is told, by the dashboard's API and by the tool's `--json`: one line,
/// names in alphabetical order, absent what is not known.
public enum ViewText {
  /// The text of `view`; throws where a number in it is none that JSON has.
  public static func json(_ view: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(view)
  }
}
