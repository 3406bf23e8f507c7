/// Why pictures cannot be drawn or a film not be written: one line that says what to do.
package struct RenderingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of mistake it is, for exit codes.
  package enum Code: Sendable, Hashable {
    /// A library that draws is not installed, or does not work.
    case unavailable
    /// The model has no camera of that name.
    case noSuchCamera
    /// A film cannot be encoded or written.
    case cannotWrite
  }

  /// What kind of mistake it is.
  package let code: Code
  /// One line: expected, found, what to do.
  package let description: String

  /// An error with the given one-line description.
  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
