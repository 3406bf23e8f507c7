import Programs

@main
enum ChromaticDashboard {
  @MainActor static func main() async {
    ProgramOutcome.checkThreads()
    await ProgramOutcome.run(DashboardCommand.self, status: DashboardCommand.status)
  }
}
