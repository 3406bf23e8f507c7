import RunQueue
import Testing

@Suite struct BackOffTests {
  @Test func `waits double up to the longest`() {
    let backOff = BackOff(first: 0.1, longest: 5)
    let waits = (1...8).map { backOff.delay(afterFailures: $0, jitter: 1) }
    #expect(waits == [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5])
    #expect(backOff.delay(afterFailures: .max, jitter: 1) == 5)
  }

  @Test func `jitter spreads waits over the upper half`() {
    let backOff = BackOff(first: 1, longest: 8)
    #expect(backOff.delay(afterFailures: 3, jitter: 0) == 2)
    #expect(backOff.delay(afterFailures: 3, jitter: 0.5) == 3)
  }
}
