import RunQueue
import Testing

/// As many evaluators as tasks ask for: more at once, fewer with patience, never past the limits.
@Suite struct ScalingRuleTests {
  @Test func `the sum of pending and leased counts, rounded up`() {
    var rule = ScalingRule(limits: 0...8, tasksPerEvaluator: 4, patience: 10)
    #expect(rule.decide(pending: 3, leased: 2, running: 0, at: 0).count == 2)
    #expect(rule.decide(pending: 0, leased: 9, running: 2, at: 1).count == 3)
    let most = rule.decide(pending: 1000, leased: 0, running: 3, at: 2)
    #expect(most.count == 8)
    #expect(most.reason == "1000 pending + 0 leased want 250 at 4 each, and 8 is the most")
  }

  @Test func `fewer are wanted only once no more were for a while, and why is said`() {
    var rule = ScalingRule(limits: 0...8, tasksPerEvaluator: 1, patience: 10)
    #expect(rule.decide(pending: 5, leased: 0, running: 0, at: 0).count == 5)
    let early = rule.decide(pending: 0, leased: 0, running: 5, at: 6)
    #expect(early.count == 5)
    #expect(early.reason.hasSuffix("but 5 were wanted 6 s ago: fewer only after 10 s"))
    #expect(rule.decide(pending: 2, leased: 0, running: 5, at: 9).count == 5)
    #expect(rule.decide(pending: 0, leased: 0, running: 5, at: 10).count == 2)
    #expect(rule.decide(pending: 0, leased: 0, running: 2, at: 18).count == 2)
    #expect(rule.decide(pending: 0, leased: 0, running: 2, at: 19).count == 0)
  }

  @Test func `no fewer than the least are kept`() {
    var rule = ScalingRule(limits: 2...3, tasksPerEvaluator: 4, patience: 0)
    #expect(rule.decide(pending: 0, leased: 0, running: 0, at: 0).count == 2)
    #expect(rule.decide(pending: 0, leased: 0, running: 3, at: 1).count == 2)
  }
}
