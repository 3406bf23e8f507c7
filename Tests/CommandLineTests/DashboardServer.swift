import Foundation
import FoundationNetworking
import Testing

/// A chromatic-dashboard at work, and what it answers.
final class DashboardServer: Sendable {
  /// An answer to a request.
  struct Answer: Sendable {
    var status: Int
    var headers: [String: String]
    var body: Data

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON.
    func json() throws -> [String: Any] {
      try JSONSerialization.jsonObject(with: body) as? [String: Any] ?? [:]
    }
  }

  let tool: Tool
  let page: String

  /// Starts one on a free port as the user that `environment` names.
  init(_ environment: [String: String], options: [String] = []) async throws {
    tool = try Tool(
      ["dashboard", "--port", "0", "--interval", "1"] + options, environment: environment)
    let line = try await tool.errorLine(containing: "listening")
    page = try #require(line.firstMatch(of: /page=(\S+)/).map { String($0.1) })
  }

  /// The answer to a request.
  func ask(_ path: String, _ method: String = "GET") async throws -> Answer {
    var request = URLRequest(url: try #require(URL(string: page + path)))
    request.httpMethod = method
    if method == "POST" || method == "PUT" { request.httpBody = Data("{}".utf8) }
    // A film is drawn while it is waited for, on a machine that may have all else to do.
    request.timeoutInterval = 600
    let (body, response) = try await URLSession.shared.data(for: request)
    let answer = try #require(response as? HTTPURLResponse)
    let headers = answer.allHeaderFields.map { ("\($0.key)".lowercased(), "\($0.value)") }
    return Answer(
      status: answer.statusCode, headers: Dictionary(headers) { first, _ in first }, body: body)
  }

  /// What the server says once `isReady` holds of it.
  @discardableResult
  func json(
    _ path: String, once what: String, _ isReady: ([String: Any]) -> Bool
  ) async throws -> [String: Any] {
    try await eventually("\(path): \(what)") {
      let found = try await ask(path).json()
      return isReady(found) ? found : nil
    }
  }
}
