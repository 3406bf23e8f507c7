/// An environment's id as a part of paths and of runs' names.
struct EnvironmentName {
  /// The id with a dash for everything but ASCII letters, digits, dots, dashes and underscores.
  let text: String

  /// The name of the environment `id`.
  init(_ id: String) {
    text = String(
      id.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" })
  }
}
