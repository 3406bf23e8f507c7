import Services

@main
enum ChromaticEvaluator {
  static func main() async { await EvaluatorCommand.main() }
}
