import Foundation

/// The paper's tables and figures, from files such as everybody can write. Their values are of other physics
/// and are printed beside ours.
extension Experiment {
  private static let paper: [(name: String, file: [UInt8])] = [
    ("table1", PackageResources.table1_json),
    ("table2", PackageResources.table2_json),
    ("figure3", PackageResources.figure3_json),
    ("figure4", PackageResources.figure4_json),
    ("figure5", PackageResources.figure5_json),
    ("transfer", PackageResources.transfer_json),
  ]

  /// How the command line calls them.
  static var paperNames: [String] { paper.map(\.name) }

  /// The table or figure of that name; nil if the paper has none.
  static func ofPaper(_ name: String) throws(CommandError) -> Experiment? {
    guard let found = paper.first(where: { $0.name == name }) else { return nil }
    return try ExperimentFile.read(Data(found.file), file: name, name: name)
  }
}
