import RunProtocol

/// An announced iteration whose results are not all there.
///
/// Another aggregator has reduced it meanwhile, or somebody deleted them.
struct IncompleteResults: Error, CustomStringConvertible {
  let found: Int
  let expected: Int

  /// Throws unless there are as many results as evaluations.
  static func check(_ results: [EvaluationResult], expected: Int) throws(IncompleteResults) {
    guard results.count == expected else {
      throw IncompleteResults(found: results.count, expected: expected)
    }
  }

  var description: String {
    "\(found) of \(expected) results are there: the returns key was changed or deleted by hand"
  }
}
