import ReadableNumbers
import Statistics

/// How two samples of returns differ, for people and as JSON.
struct ComparisonReport: Encodable {
  /// What is compared.
  enum Kind: String, Encodable {
    /// Two policies by the same episodes.
    case policies
    /// Two series of runs by their last iterations.
    case series
  }

  /// One of both.
  struct Side: Encodable {
    var name: String
    /// Returns by episode, or of a series' runs.
    var returns: [Double]
    var mean: Estimate
    var interquartileMean: Estimate
    /// Of a series: what its runs gave by iteration.
    var curve: [Step]?
  }

  /// An iteration of a series.
  struct Step: Encodable {
    var iteration: Int
    /// The interquartile mean over its runs; nil where it is not known.
    var interquartileMean: Estimate?
  }

  var kind: Kind
  var a: Side
  var b: Side
  /// A less B: of policies the mean over the episodes, of series of their interquartile means.
  var difference: Estimate
  /// How likely a return of A is higher than one of B.
  var probabilityOfImprovement: Estimate

  /// A table and two sentences.
  var lines: [String] {
    let what = kind == .policies ? "episodes" : "runs"
    let rows = [a, b].map { side in
      [side.name, "\(side.returns.count)", side.mean.text, side.interquartileMean.text]
    }
    return TextTable.lines([["", what, "mean [95 %]", "IQM [95 %]"]] + rows) + [
      "A − B: \(difference.text)" + (kind == .policies ? ", episode by episode" : ", of the IQMs"),
      "P(A > B): \(probabilityOfImprovement.text(decimals: 2))",
    ]
  }
}

extension ComparisonReport.Side {
  /// A side of at least one return; nil for none.
  init?(
    _ name: String, _ returns: [Double], _ bootstrap: StratifiedBootstrap,
    curve: [ComparisonReport.Step]? = nil
  ) {
    guard let mean = bootstrap.mean(of: returns),
      let middle = bootstrap.interquartileMean(of: [returns])
    else { return nil }
    self.init(
      name: name, returns: returns, mean: mean, interquartileMean: middle, curve: curve)
  }
}
