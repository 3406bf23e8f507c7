import Dashboard
import Foundation
import HTTPTypes
import Hummingbird

/// The kinds of answers that the dashboard gives.
extension Response {
  static func data(
    _ data: Data, type: String, status: HTTPResponse.Status = .ok
  ) -> Response {
    Response(
      status: status, headers: [.contentType: type],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
  }

  static func text(
    _ text: String, type: String, status: HTTPResponse.Status = .ok
  ) -> Response { data(Data(text.utf8), type: type, status: status) }

  static func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok
  ) throws -> Response {
    data(try ViewText.json(value), type: "application/json", status: status)
  }

  /// A download of a run's file.
  static func file(_ data: Data, _ name: String, of run: String, _ type: String) -> Response {
    var response = Response.data(data, type: type)
    response.headers[.contentDisposition] = "attachment; filename=\"\(run)-\(name)\""
    return response
  }

  /// A line for people as JSON.
  static func problem(_ line: String, status: HTTPResponse.Status) -> Response {
    (try? json(["error": line], status: status)) ?? Response(status: status)
  }

  static var noSuchRun: Response { problem("no run of this name in the queue", status: .notFound) }
}
