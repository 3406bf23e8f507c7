import HTTPTypes
import Hummingbird

/// Lets nothing but reading through, and tells browsers to trust this server's files alone.
struct ReadOnlyMiddleware: RouterMiddleware {
  typealias Context = BasicRequestContext

  /// No script, style, picture or request of elsewhere, no script within a page, no frame around it.
  ///
  /// Attributes `style` are allowed, since dygraphs measures its font by one; elements are not.
  private static let policy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'",
    "style-src-attr 'unsafe-inline'", "img-src 'self'",
    "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
  ].joined(separator: "; ")

  private static let headers: [(HTTPField.Name?, String)] = [
    (.contentSecurityPolicy, policy),
    (.xContentTypeOptions, "nosniff"),
    (HTTPField.Name("X-Frame-Options"), "DENY"),
    (HTTPField.Name("Referrer-Policy"), "no-referrer"),
    (HTTPField.Name("Cross-Origin-Resource-Policy"), "same-origin"),
  ]

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response: Response
    if request.method == .get || request.method == .head {
      do {
        response = try await next(request, context)
      } catch let error as HTTPError {
        response = .problem(error.body ?? "there is nothing at this address", status: error.status)
      }
    } else {
      response = .problem("this server is only read from: GET or HEAD", status: .methodNotAllowed)
      response.headers[.allow] = "GET, HEAD"
    }
    for (name, value) in Self.headers {
      if let name { response.headers[name] = value }
    }
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }
}
