import ChromaticPolicy
import Foundation
import LocalRing
import Spawning

/// Films of policies, made by `chromatic render` where that tool stands beside this program.
///
/// One film at a time, whoever asks; the last few are kept.
actor FilmStudio {
  /// Why there is no film, in one line.
  struct NoFilm: Error, CustomStringConvertible {
    let description: String
  }

  private let directory = NSTemporaryDirectory() + "chromatic-dashboard-\(getpid())"
  private var kept: [(policy: Data, film: Result<Data, NoFilm>)] = []
  private var last: Task<Void, Never>?

  /// Whether the tool is there at all.
  nonisolated let isOpen = ServiceProcess.executable("chromatic") != nil

  /// How many films, or reasons why there is none, are kept.
  private static let room = 8
  /// Seconds that a film may take.
  private static let patience = 120.0

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  /// A film of one episode of `policy`, as a GIF.
  func film(of policy: Policy) async throws -> Data {
    let text = PolicyFile.encode(policy)
    let before = last
    let task = Task { [self] in
      await before?.value
      if !kept.contains(where: { $0.policy == text }) {
        kept = kept.suffix(Self.room - 1) + [(text, await make(text))]
      }
    }
    last = task
    await task.value
    guard let found = kept.last(where: { $0.policy == text }) else {
      throw NoFilm(description: "many films were asked for at once: ask again")
    }
    return try found.film.get()
  }

  private func make(_ policy: Data) async -> Result<Data, NoFilm> {
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
      let (file, film, log) = (
        "\(directory)/policy.json", "\(directory)/film.gif", "\(directory)/log"
      )
      for old in [film, log] { try? FileManager.default.removeItem(atPath: old) }
      try policy.write(to: URL(fileURLWithPath: file))
      let ended = AsyncStream<ChildEnding?>.makeStream()
      let renderer = try ServiceProcess(
        "chromatic",
        arguments: [
          "render", file, "--output", film, "--width", "320", "--height", "240", "--fps", "20",
          "--steps", "300",
        ], log: log, onEnd: { ended.continuation.yield($0) })
      let limit = Task {
        try await Task.sleep(for: .seconds(Self.patience))
        ended.continuation.yield(nil)
      }
      let ending = await ended.stream.first { _ in true }
      limit.cancel()
      guard let data = FileManager.default.contents(atPath: film), ending == .exited(code: 0) else {
        renderer.stop(grace: 0)
        let reason = renderer.lastLogLine ?? "it took more than \(Int(Self.patience)) s"
        return .failure(NoFilm(description: reason.replacing("\(file) ", with: "the policy ")))
      }
      return .success(data)
    } catch {
      return .failure(NoFilm(description: "\(error)"))
    }
  }
}
