import Programs

@main
enum ChromaticEvaluator {
  @MainActor static func main() async {
    ProgramOutcome.checkThreads()
    await ProgramOutcome.run(EvaluatorCommand.self)
  }
}
