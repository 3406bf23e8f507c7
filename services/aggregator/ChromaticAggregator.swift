import Programs

@main
enum ChromaticAggregator {
  static func main() async { await ProgramOutcome.run(AggregatorCommand.self) }
}
