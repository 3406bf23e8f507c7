import Figures
import Foundation
import Rendering
import RunPlan

/// The file of a film of a run's partitions, by the end of its name.
struct PartitionFilmFile {
  let path: String
  /// Nil for SVG.
  private let format: FilmFormat?

  private static let secondsPerScene = 0.5

  /// The film at `path`; throws if it is of no known kind, or if ffmpeg is needed and missing.
  init(_ path: String) throws {
    self.path = path
    switch (path as NSString).pathExtension.lowercased() {
    case "svg": format = nil
    case "gif", "mp4", "webm": format = try FilmFormat(path: path)
    default:
      throw CommandError.usage(
        "--partition-film is '\(path)', expected a name ending in .gif, .svg, .mp4 or .webm")
    }
  }

  /// Films the policies that the run in the only one of `directories` kept.
  func write(_ directories: [String], every interval: Int) throws {
    guard interval >= 1 else {
      throw InvalidSetting("--every", is: interval, expected: "1 or more")
    }
    guard let directory = directories.first, directories.count == 1 else {
      throw InvalidSetting("--partition-film films one run: give the directory of one")
    }
    let scenes = try OutputDirectory(path: directory).policies.read(every: interval)
    let film = PartitionFilm(scenes, secondsPerScene: Self.secondsPerScene)
    guard let format else { return try OutputFile.write(Data(film.svg().utf8), to: path) }
    try OutputFile.checkWritable(path)
    let reel = FilmReel(format.encoder(secondsPerFrame: Self.secondsPerScene))
    let pictures = PartitionPictures(film)
    for scene in film.scenes {
      try reel.add(pictures.frame(of: scene), progress: scene.heading)
    }
    try reel.finish()
  }
}
