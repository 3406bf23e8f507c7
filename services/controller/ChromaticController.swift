import Services

@main
enum ChromaticController {
  static func main() async { await ControllerCommand.main() }
}
