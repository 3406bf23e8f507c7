/// Many cases against one target, each named by (seed, target, number).
public struct FuzzCampaign: Sendable {
  /// What a campaign found.
  public struct Tally: Sendable {
    /// Inputs refused.
    public var rejected = 0
    /// Inputs that the damage left sound.
    public var stillValid = 0
    /// Numbers of the cases that were taken and should not have been, with the reason.
    public var accepted: [(number: Int, reason: String)] = []
    /// The slowest case and its seconds.
    public var slowest = (number: 0, seconds: 0.0)

    /// Nothing found yet.
    public init() {}
  }

  /// The seed of all inputs.
  public let seed: UInt64

  /// A campaign whose inputs follow from `seed`.
  public init(seed: UInt64) { self.seed = seed }

  /// The input of case `number`, at least 0 and below 2³².
  public func input(_ number: Int, of target: FuzzTarget) -> [UInt8] {
    let name = target.name.utf8.reduce(UInt32(5381)) { $0 &* 33 ^ UInt32($1) }
    var mutator = Mutator(seed: seed, target: name, number: UInt32(number))
    var bytes = mutator.input(from: target.examples)
    target.finish(&mutator, &bytes)
    return bytes
  }

  /// Runs the cases `numbers` and adds what they show to `tally`; `begin` hears of each before it runs.
  public func run(
    _ target: FuzzTarget, cases numbers: Range<Int>, into tally: inout Tally,
    begin: (Int) -> Void = { _ in }
  ) {
    let clock = ContinuousClock()
    for number in numbers {
      begin(number)
      let bytes = input(number, of: target)
      let start = clock.now
      let verdict = target.judge(bytes)
      let seconds = (clock.now - start) / .seconds(1)
      if seconds > tally.slowest.seconds { tally.slowest = (number, seconds) }
      switch verdict {
      case .rejected: tally.rejected += 1
      case .stillValid: tally.stillValid += 1
      case .accepted(let reason): tally.accepted.append((number, reason))
      }
    }
  }
}
