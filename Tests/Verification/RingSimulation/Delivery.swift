/// What becomes of one call: when it takes effect and what its caller gets to see.
struct Delivery {
  enum Ending {
    /// The reply of arrival number `arrival` reaches the caller that many seconds after it.
    case reply(ofArrival: Int, after: Double)
    /// The connection is lost, that many seconds after the call.
    case lost(after: Double)
    /// The process ends, that many seconds after the call.
    case crash(after: Double)

    /// Whether the caller gets the reply of that arrival.
    func answers(_ number: Int) -> Bool {
      if case .reply(number, _) = self { true } else { false }
    }
  }

  /// Seconds from the call to each of its effects.
  var arrivals: [Double]
  var ending: Ending

  /// Effect and reply at once.
  static let prompt = Delivery(arrivals: [0], ending: .reply(ofArrival: 0, after: 0))
}
