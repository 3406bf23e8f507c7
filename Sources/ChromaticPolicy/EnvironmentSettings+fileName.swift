extension EnvironmentSettings {
  /// The id as a name for files: of a model's path only its end, without ".xml"; "mjcf:my/robot.xml"
  /// is "mjcf-robot", "gym:own/Cart-v0" is "gym-own-Cart-v0".
  public var fileName: String {
    let parts = id.split(separator: ":", maxSplits: 1)
    var name = parts.last ?? ""
    if name.hasSuffix(".xml") { name = (name.split(separator: "/").last ?? "").dropLast(4) }
    let words = parts.dropLast() + [name]
    return String(words.joined(separator: "-").map { Self.isPlain($0) ? $0 : "-" })
  }

  private static func isPlain(_ character: Character) -> Bool {
    character.isASCII
      && (character.isLetter || character.isNumber || ["-", ".", "_"].contains(character))
  }
}
