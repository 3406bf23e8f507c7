import Foundation
import Hummingbird
import Programs

/// Why the page cannot draw.
struct MissingLibrary: Error, CustomStringConvertible {
  let description: String
}

/// The files of the charting library, which ops/bootstrap installs, read once.
struct WebLibrary: Sendable {
  private let contents: [String: Data]

  /// The names under which the page asks for them.
  static let files = ["dygraph.min.js", "dygraph.min.css"]

  /// Where Debian's libjs-dygraphs puts them.
  private static let place = "/usr/share/javascript/dygraphs"

  /// The files in the directory that CHROMATIC_WEB names, else in Debian's place.
  init() throws {
    let named = QueueOptions.environment["CHROMATIC_WEB"].flatMap { $0.isEmpty ? nil : $0 }
    let directory = named ?? Self.place
    var contents: [String: Data] = [:]
    for name in Self.files {
      guard let data = FileManager.default.contents(atPath: "\(directory)/\(name)") else {
        throw MissingLibrary(
          description: "the page needs dygraphs 2, and there is no \(directory)/\(name): run "
            + "'ops/bootstrap --web', install libjs-dygraphs, or set CHROMATIC_WEB to its directory"
        )
      }
      contents[name] = data
    }
    self.contents = contents
  }

  /// The contents of one of the files.
  subscript(name: String) -> Data? { contents[name] }
}
