import Programs

@main
enum ChromaticEvaluator {
  static func main() async { await ProgramOutcome.run(EvaluatorCommand.self) }
}
