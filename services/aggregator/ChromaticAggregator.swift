import Programs

@main
enum ChromaticAggregator {
  @MainActor static func main() async {
    ProgramOutcome.checkThreads()
    await ProgramOutcome.run(AggregatorCommand.self)
  }
}
