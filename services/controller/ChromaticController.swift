import Programs

@main
enum ChromaticController {
  static func main() async { await ProgramOutcome.run(ControllerCommand.self) }
}
