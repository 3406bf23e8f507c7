import Services

@main
enum ChromaticAggregator {
  static func main() async { await AggregatorCommand.main() }
}
