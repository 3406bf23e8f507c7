import Foundation
import Programs
import Rendering

/// A film that grows picture by picture, episode after episode.
final class FilmReel {
  /// Pictures so far.
  private(set) var frames = 0

  private var encoder: any FilmEncoder
  private var lastReport = Date()

  init(_ encoder: any FilmEncoder) { self.encoder = encoder }

  /// Appends a picture; `progress` says how far the film is, for people who wait.
  func add(_ frame: Frame, progress: @autoclosure () -> String) throws(RenderingError) {
    try encoder.add(frame)
    frames += 1
    report(progress)
  }

  /// Writes what is left; the file is whole afterwards.
  func finish() throws(RenderingError) { try encoder.finish() }

  /// A line every few seconds, for films that take long.
  private func report(_ progress: () -> String) {
    guard Date().timeIntervalSince(lastReport) >= 5 else { return }
    lastReport = Date()
    StandardStreams.say("\(progress()) is drawn")
  }
}
