import Foundation

/// What did not happen in time.
struct NotInTime: Error, CustomStringConvertible {
  let description: String
}

/// The value of `event` as soon as it has one; throws if it has none for `seconds`.
@discardableResult
func eventually<Value>(
  _ what: String, within seconds: Double = 60, _ event: () async throws -> Value?
) async throws -> Value {
  let deadline = ContinuousClock().now + .seconds(seconds)
  while true {
    if let value = try await event() { return value }
    guard ContinuousClock().now < deadline else {
      throw NotInTime(description: "\(what): not within \(seconds) s")
    }
    try await Task.sleep(for: .milliseconds(10))
  }
}
