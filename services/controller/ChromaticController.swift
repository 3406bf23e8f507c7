import Programs

@main
enum ChromaticController {
  @MainActor static func main() async {
    ProgramOutcome.checkThreads()
    await ProgramOutcome.run(ControllerCommand.self)
  }
}
