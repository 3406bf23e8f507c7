import Foundation

/// Files that appear whole or not at all.
enum OutputFile {
  /// Writes through a temporary file beside `path` and a rename.
  static func write(_ data: Data, to path: String) throws(CommandError) {
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .cannotWrite("\(path) cannot be written: \(reason(error))")
    }
  }

  /// The system's word for what went wrong.
  static func reason(_ error: any Error) -> String {
    let error = error as NSError
    if let posix = error.userInfo[NSUnderlyingErrorKey] as? NSError {
      return String(cString: strerror(Int32(posix.code)))
    }
    return error.localizedDescription
  }
}
