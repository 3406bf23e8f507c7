/// Not one episode of any finalist could be simulated.
struct NoUsablePolicy: Error, CustomStringConvertible {
  var description: String {
    "every evaluation of every candidate policy failed: see the evaluators' logs"
  }
}
