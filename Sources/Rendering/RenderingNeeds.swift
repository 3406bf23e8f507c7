/// What films need beyond this program.
package enum RenderingNeeds {
  /// Throws, with the command that installs it, unless OSMesa is there and draws.
  package static func checkRenderer() throws(RenderingError) {
    _ = try OffscreenContext()
  }
}
