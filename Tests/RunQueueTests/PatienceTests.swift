import RunQueue
import Testing

/// Which errors are worth another try, for how long.
@Suite struct PatienceTests {
  static let momentary: [StoreError] = [
    .unreachable("x"), .notReady("x"), .cannotWrite("x"),
  ]
  static let permanent: [StoreError] = [
    .incompatible("x"), .overLimit("x"), .damaged(key: "k", reason: "x"),
  ]

  @Test(arguments: momentary) func `a service waits without end`(error: StoreError) {
    var patience = Patience.service
    #expect(error.isTransient)
    for moment in [0, 10, 1e9] {
      #expect(patience.delay(after: error, at: moment, jitter: 1) != nil)
    }
  }

  @Test(arguments: permanent, [Patience.service, .following, .request])
  func `what no time mends is not tried again`(error: StoreError, patience: Patience) {
    var patience = patience
    patience.served()
    #expect(!error.isTransient)
    #expect(patience.delay(after: error, at: 0, jitter: 1) == nil)
  }

  @Test func `a tool gives a server up that never answered, and waits for one that did`() {
    var patience = Patience.following
    #expect(patience.delay(after: .unreachable("x"), at: 0, jitter: 1) == 0.1)
    #expect(patience.delay(after: .unreachable("x"), at: 9, jitter: 1) == 0.2)
    #expect(patience.delay(after: .unreachable("x"), at: 10, jitter: 1) == nil)
    patience = .following
    #expect(patience.delay(after: .notReady("loading"), at: 0, jitter: 1) != nil)
    #expect(patience.delay(after: .unreachable("x"), at: 1e6, jitter: 1) != nil)
  }

  @Test func `a request waits for a minute and not for room`() {
    var patience = Patience.request
    #expect(patience.delay(after: .notReady("x"), at: 0, jitter: 1) != nil)
    #expect(patience.delay(after: .notReady("x"), at: 59, jitter: 1) != nil)
    #expect(patience.delay(after: .notReady("x"), at: 60, jitter: 1) == nil)
    patience.served()
    #expect(patience.delay(after: .cannotWrite("x"), at: 61, jitter: 1) == nil)
  }

  @Test func `a refusal counts at once, unless the caller was served before`() {
    var patience = Patience.service
    #expect(patience.delay(after: .refused("x"), at: 0, jitter: 1) == nil)
    patience.served()
    #expect(patience.delay(after: .refused("x"), at: 0, jitter: 1) != nil)
    #expect(patience.delay(after: .refused("x"), at: 60, jitter: 1) == nil)
    patience.served()
    #expect(patience.delay(after: .refused("x"), at: 61, jitter: 1) != nil)
  }

  @Test func `a success starts the count anew`() {
    var patience = Patience.service
    for _ in 0..<5 { _ = patience.delay(after: .unreachable("x"), at: 0, jitter: 1) }
    #expect(patience.failures == 5)
    patience.served()
    #expect(patience.failures == 0)
    #expect(patience.delay(after: .unreachable("x"), at: 0, jitter: 1) == 0.1)
  }
}
