import Foundation

/// Names of files in a figure.
enum FigureNames {
  /// The files' names without extensions, or of their runs' directories; paths where these are equal.
  static func of(_ paths: [String]) -> [String] {
    let names = paths.map(name)
    return Set(names).count == Set(paths).count ? names : paths
  }

  private static func name(_ path: String) -> String {
    let file = URL(fileURLWithPath: path).standardizedFileURL
    var name = file.deletingPathExtension().lastPathComponent
    if name.hasSuffix(".history") { name.removeLast(".history".count) }
    return ["policy", "history"].contains(name)
      ? file.deletingLastPathComponent().lastPathComponent : name
  }
}
