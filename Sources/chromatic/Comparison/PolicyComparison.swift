import ChromaticPolicy
import Figures
import Statistics

/// Two policies on the same episodes.
struct PolicyComparison {
  let report: ComparisonReport
  /// As SVG.
  let figure: String

  /// Plays the policies in the files at two paths.
  init(_ a: String, _ b: String, episodes: Int, seed: UInt64, moved: MovedModel) throws {
    let players = try (a: PlayablePolicy(a, moved: moved), b: PlayablePolicy(b, moved: moved))
    let environment = players.a.policy.environment
    guard environment == players.b.policy.environment else {
      throw CommandError.data(
        "\(a) acts in \(environment), \(b) in \(players.b.policy.environment): expected one environment"
      )
    }
    let names = Self.names(a, b)
    let returns = try [(names.a, players.a), (names.b, players.b)].map { name, player in
      let played = try player.evaluate(episodes: episodes, seed: seed)
      played.warnOfFailures(of: name)
      let failed = played.evaluation.failureReturn ?? 0
      return played.returns.map { $0 ?? failed }
    }
    let bootstrap = StratifiedBootstrap()
    guard let sideA = ComparisonReport.Side(names.a, returns[0], bootstrap),
      let sideB = ComparisonReport.Side(names.b, returns[1], bootstrap),
      let difference = bootstrap.mean(of: zip(returns[0], returns[1]).map { $0 - $1 }),
      let probability = ProbabilityOfImprovement.over([(returns[0], returns[1])], bootstrap)
    else { preconditionFailure("every policy has played an episode") }
    report = ComparisonReport(
      kind: .policies, a: sideA, b: sideB, difference: difference,
      probabilityOfImprovement: probability)
    figure = IntervalFigure(
      title: "\(names.a) and \(names.b), \(environment)",
      subtitle: "\(episodes) episodes each, the same initial states",
      valueName: "return: a dot per episode, the interquartile mean and its 95 % interval",
      rows: [report.a, report.b].map(\.row)
    ).svg()
  }

  private static func names(_ a: String, _ b: String) -> (a: String, b: String) {
    let names = FigureNames.of([a, b])
    return (names[0], names[1])
  }
}

extension ComparisonReport.Side {
  /// The side in a figure.
  var row: IntervalFigure.Row {
    IntervalFigure.Row(
      name: name, points: returns, estimate: interquartileMean.value,
      interval: interquartileMean.interval.map { ($0.lower, $0.upper) })
  }
}
