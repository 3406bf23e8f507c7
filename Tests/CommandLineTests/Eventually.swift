import Foundation

/// What did not happen in time.
struct NotInTime: Error, CustomStringConvertible {
  let description: String
}

/// The value of `event` as soon as it has one; throws if it has none for `seconds`.
///
/// Only time in which it could look counts: where tests that compute occupy every thread for minutes, a
/// look that comes late counts as a second, not as all of them.
@discardableResult
func eventually<Value>(
  _ what: String, within seconds: Double = 60, _ event: () async throws -> Value?
) async throws -> Value {
  let clock = ContinuousClock()
  var patience = Duration.seconds(seconds)
  while true {
    let look = clock.now
    if let value = try await event() { return value }
    guard patience > .zero else {
      throw NotInTime(description: "\(what): not within \(seconds) s")
    }
    try await Task.sleep(for: .milliseconds(10))
    patience -= min(clock.now - look, .seconds(1))
  }
}
