extension EnvironmentSettings {
  /// The id as a name for files: of a path only its end, without ".xml"; "mjcf:my/robot.xml" is
  /// "mjcf-robot".
  public var fileName: String {
    let parts = id.split(separator: ":", maxSplits: 1)
    let end = (parts.last ?? "").split(separator: "/").last ?? ""
    let name = end.hasSuffix(".xml") ? end.dropLast(4) : end
    let words = parts.dropLast() + [name]
    return String(words.joined(separator: "-").map { Self.isPlain($0) ? $0 : "-" })
  }

  private static func isPlain(_ character: Character) -> Bool {
    character.isASCII
      && (character.isLetter || character.isNumber || ["-", ".", "_"].contains(character))
  }
}
