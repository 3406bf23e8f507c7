/// Makes a file of the pictures of a film.
package protocol FilmEncoder {
  /// Appends a picture; all have the size of the first.
  mutating func add(_ frame: Frame) throws(RenderingError)
  /// Writes what is left; the file is whole afterwards.
  mutating func finish() throws(RenderingError)
}
