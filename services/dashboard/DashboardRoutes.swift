import ChromaticPolicy
import Dashboard
import Figures
import Foundation
import HTTPTypes
import Hummingbird
import MetricsExposition
import RunPlan
import RunQueue

/// What is served under which address.
struct DashboardRoutes: Sendable {
  let board: DashboardBoard
  let library: WebLibrary
  let archive: QueueArchive
  let studio: FilmStudio

  /// All routes, each for GET and HEAD alone.
  func router() -> Router<BasicRequestContext> {
    let router = Router(
      context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: ReadOnlyMiddleware())
    for file in PageFile.all {
      router.get("\(file.path)") { _, _ in Response.text(file.contents, type: file.type) }
    }
    for name in WebLibrary.files {
      let type = name.hasSuffix(".css") ? "text/css" : "text/javascript"
      router.get("library/\(name)") { _, _ in Response.data(library[name] ?? Data(), type: type) }
    }
    router.get("health") { _, _ in health }
    router.get("metrics") { _, _ in
      Response.text(board.ledger.exposition, type: MetricRegistry.contentType)
    }
    router.get("api/queue") { _, _ in try Response.json(QueueView(board.ledger, at: .now())) }
    router.get("api/runs") { _, _ in try Response.json(RunsView(board.ledger)) }
    router.get("api/dead") { _, _ in try await deadTasks() }
    router.get("api/runs/:run") { _, context in try run(context) }
    addDownloads(to: router)
    return router
  }

  /// Whether the program works; a server that is away does not make it ill, a frozen observer does.
  private var health: Response {
    let silence = board.triedAt.map { Moment.now().seconds - $0.seconds }
    let isFrozen = (silence ?? 0) > 60
    return .text(
      isFrozen ? "the observer is frozen\n" : "ok\n", type: "text/plain; charset=utf-8",
      status: isFrozen ? .serviceUnavailable : .ok)
  }

  private func run(_ context: BasicRequestContext) throws -> Response {
    let name = context.parameters.get("run") ?? ""
    board.want(name, at: .now())
    guard var view = RunView(name, in: board.ledger) else { return .noSuchRun }
    view.film = studio.isOpen
    return try .json(view)
  }

  private func deadTasks() async throws -> Response {
    try await answer {
      let tasks = try await archive.read { try $0.deadTasks() }
      return try .json(DeadView(tasks, limit: 100))
    }
  }

  private func addDownloads(to router: Router<BasicRequestContext>) {
    router.get("api/runs/:run/policy.json") { _, context in
      policy(context) { .file(PolicyFile.encode($0), "policy.json", of: $1, "application/json") }
    }
    router.get("api/runs/:run/partition.svg") { _, context in
      policy(context) { policy, _ in
        .text(PartitionFigure.svg(of: policy), type: "image/svg+xml")
      }
    }
    router.get("api/runs/:run/episode.gif") { _, context in try await film(context) }
    router.get("api/runs/:run/history.jsonl") { _, context in
      try await history(context) { lines, run in
        let text = lines.map { $0 + "\n" }.joined()
        return .file(Data(text.utf8), "history.jsonl", of: run.name, "application/jsonl")
      }
    }
    router.get("api/runs/:run/history.csv") { _, context in
      try await history(context) { lines, run in
        let text = HistoryTable.text(lines.compactMap(HistoryEntry.init(line:)))
        return .file(Data(text.utf8), "history.csv", of: run.name, "text/csv; charset=utf-8")
      }
    }
    router.get("api/runs/:run/learning-curve.svg") { _, context in
      try await history(context) { lines, run in
        guard let standing = try? run.standing.get() else { return .noSuchRun }
        let curve = LearningCurve(
          lines.compactMap(HistoryEntry.init(line:)), of: standing.configuration)
        return .text(curve.svg(), type: "image/svg+xml")
      }
    }
  }

  private func film(_ context: BasicRequestContext) async throws -> Response {
    guard let run = board.ledger.runs[context.parameters.get("run") ?? ""] else {
      return .noSuchRun
    }
    guard let policy = run.policy else {
      return .problem("the run has no policy yet", status: .notFound)
    }
    guard studio.isOpen else {
      return .problem(
        "chromatic, which films, does not stand beside this program", status: .notFound)
    }
    do {
      return .data(try await studio.film(of: policy), type: "image/gif")
    } catch let error as FilmStudio.NoFilm {
      return .problem("no film: \(error)", status: .notFound)
    }
  }

  private func policy(
    _ context: BasicRequestContext, _ body: (Policy, String) -> Response
  ) -> Response {
    guard let run = board.ledger.runs[context.parameters.get("run") ?? ""] else {
      return .noSuchRun
    }
    guard let policy = run.policy else {
      return .problem(
        run.policyProblem ?? "the run has no policy yet: its first iteration is not done",
        status: .notFound)
    }
    return body(policy, run.name)
  }

  private func history(
    _ context: BasicRequestContext,
    _ body: @escaping @Sendable ([String], RunLedger) -> Response
  ) async throws -> Response {
    guard let run = board.ledger.runs[context.parameters.get("run") ?? ""],
      let name = RunID(run.name)
    else { return .noSuchRun }
    return try await answer {
      try await archive.read { body(try $0.history(of: name, from: 0), run) }
    }
  }

  /// A store's error as an answer.
  private func answer(_ body: () async throws -> Response) async throws -> Response {
    do {
      return try await body()
    } catch let error as StoreError {
      return .problem("\(error)", status: error.isTransient ? .serviceUnavailable : .badGateway)
    }
  }
}
