import Foundation
import LocalRing
import Rendering

/// How a film is encoded, by the end of its file's name.
enum FilmFormat {
  case gif(path: String)
  case video(path: String, ffmpeg: String)

  /// The format of the film at `path`; throws if it is none or if ffmpeg is missing.
  init(path: String) throws {
    switch (path as NSString).pathExtension.lowercased() {
    case "gif": self = .gif(path: try OutputFile.target(of: path))
    case "mp4", "webm":
      self = .video(path: try OutputFile.target(of: path), ffmpeg: try Self.ffmpeg())
    default:
      throw CommandError.usage(
        "--output is '\(path)', expected a name ending in .gif, .mp4 or .webm")
    }
  }

  /// Where ffmpeg is; throws, with the command that installs it, if it is missing.
  static func ffmpeg() throws(LocalRingError) -> String {
    try Program.find(
      "ffmpeg", remedy: "apt-get install ffmpeg, or write a .gif, which needs nothing")
  }

  /// The encoder of a film whose pictures stay for so long.
  func encoder(secondsPerFrame: Double) -> any FilmEncoder {
    switch self {
    case .gif(let path): GIFEncoder(path: path, secondsPerFrame: secondsPerFrame)
    case .video(let path, let ffmpeg):
      FFmpegEncoder(program: ffmpeg, path: path, secondsPerFrame: secondsPerFrame)
    }
  }
}
