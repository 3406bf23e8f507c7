import FuzzKit
import Testing

@Suite struct BadMessageTests {
  @Test(arguments: FuzzTarget.all.map(\.name))
  func `no damaged input is taken for a sound one`(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    var tally = FuzzCampaign.Tally()
    FuzzCampaign(seed: 20).run(target, cases: 0..<10 * target.thousands, into: &tally)
    #expect(tally.accepted.isEmpty, "\(tally.accepted.prefix(3))")
    #expect(tally.rejected > tally.stillValid / 4)
    #expect(tally.slowest.seconds < 10, "case \(tally.slowest.number)")
  }

  @Test(arguments: FuzzTarget.all.map(\.name))
  func `every example is sound before it is damaged`(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    // Replies are judged by all calls together; the others' examples are taken as they are.
    #expect(target.refusedExamples.isEmpty || name == "reply", "\(target.refusedExamples)")
  }

  @Test func `a case is fixed by its name`() throws {
    let target = try #require(FuzzTarget.all.first)
    let campaign = FuzzCampaign(seed: 3)
    #expect(campaign.input(17, of: target) == campaign.input(17, of: target))
    #expect((0..<50).contains { campaign.input($0, of: target) != campaign.input(0, of: target) })
  }
}
