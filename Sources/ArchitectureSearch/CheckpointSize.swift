/// Bytes of what `CheckpointWriter` writes.
enum CheckpointSize {
  /// An integer, a double or the length of a list.
  static let number = 8
  /// A double that may be missing.
  static let optionalNumber = 16
  /// |E| and M.
  static let counts = 2 * number

  /// Signature, a kind's name and checksum.
  static func frame(of name: String) -> Int {
    CheckpointWriter.signature.count + number + name.utf8.count + 8
  }

  /// The classes of a partition.
  static func partition(edgeCount: Int) -> Int { 4 * edgeCount }

  /// A controller's settings, however many of them are given.
  static func settings(_ settings: ControllerSettings) -> Int {
    var writer = CheckpointWriter()
    settings.write(to: &writer)
    return writer.bytes.count - CheckpointWriter.signature.count
  }
}
