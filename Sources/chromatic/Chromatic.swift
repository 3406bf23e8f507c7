import ArgumentParser
import Programs
import RunQueue

@main
struct Chromatic: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chromatic",
    abstract: "Learns extremely compact reinforcement-learning policies on Redis.",
    discussion: """
      Start with 'chromatic doctor', then 'chromatic train HalfCheetah-v5'. \
      Every command explains itself with --help. Exit codes: 0 done, 64 a wrong flag or name, 65 a \
      damaged file or run, or one that failed, 69 a server or program that is missing, 74 something \
      cannot be written, 130 interrupted; docs/operations.md has them all.
      """,
    version: chromaticVersion,
    groupedSubcommands: [
      CommandGroup(name: "On one machine", subcommands: [TrainCommand.self]),
      CommandGroup(
        name: "On a queue",
        subcommands: [
          SubmitCommand.self, RunsCommand.self, StatusCommand.self, WatchCommand.self,
          TopCommand.self, QueuesCommand.self,
          DashboardCommand.self, ExperimentCommand.self, AutoscaleCommand.self,
          PauseCommand.self, ResumeCommand.self, CancelCommand.self,
          FetchCommand.self,
          ForgetCommand.self, DeadCommand.self, RequeueCommand.self, DrainCommand.self,
          CheckpointCommand.self,
          RestoreCommand.self,
        ]),
      CommandGroup(
        name: "With a policy",
        subcommands: [
          EvaluateCommand.self, RenderCommand.self, InspectCommand.self, AnalyzeCommand.self,
          CompareCommand.self, ClusterCommand.self, ParetoCommand.self, ExportCommand.self,
        ]),
      CommandGroup(
        name: "About this machine",
        subcommands: [EnvironmentsCommand.self, ReplayCommand.self, DoctorCommand.self]),
    ])

  static func main() async { await ProgramOutcome.run(Self.self, status: CommandError.status) }
}
