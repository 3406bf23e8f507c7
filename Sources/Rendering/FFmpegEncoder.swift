import Foundation

/// A video that the program ffmpeg encodes, in the format that the file's name asks for.
package final class FFmpegEncoder: FilmEncoder {
  private let program: String
  private let path: String
  private let framesPerSecond: Double
  private let process = Process()
  private let input = Pipe()
  private let errors = Pipe()

  /// A film to be written to `path` by the ffmpeg at `program`.
  package init(program: String, path: String, secondsPerFrame: Double) {
    self.program = program
    self.path = path
    framesPerSecond = 1 / secondsPerFrame
  }

  deinit {
    if process.isRunning { process.terminate() }
  }

  package func add(_ frame: Frame) throws(RenderingError) {
    if process.executableURL == nil { try start(width: frame.width, height: frame.height) }
    do {
      try input.fileHandleForWriting.write(contentsOf: frame.pixels)
    } catch {
      throw failure()
    }
  }

  package func finish() throws(RenderingError) {
    guard process.executableURL != nil else { return }
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    guard process.terminationStatus == 0, rename(partial, path) == 0 else { throw failure() }
  }

  /// Where the video is until it is whole; the format follows from the name's end.
  private var partial: String {
    let name = path as NSString
    return "\(name.deletingPathExtension).partial.\(name.pathExtension)"
  }

  private func start(width: Int, height: Int) throws(RenderingError) {
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments =
      ["-loglevel", "error", "-f", "rawvideo", "-pixel_format", "rgb24"]
      + ["-video_size", "\(width)x\(height)", "-framerate", "\(framesPerSecond)", "-i", "-"]
      + ["-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", "yuv420p", "-y", partial]
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw RenderingError(
        .unavailable, "\(program) cannot be started: \(error.localizedDescription)")
    }
  }

  /// The end of the process in its own words.
  private func failure() -> RenderingError {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    let text = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let reason = text.split(whereSeparator: \.isNewline).last ?? "it gave no reason"
    try? FileManager.default.removeItem(atPath: partial)
    return RenderingError(.cannotWrite, "ffmpeg cannot write \(path): \(reason)")
  }
}
