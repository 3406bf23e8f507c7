/// The paper's tables and figures. Its values are of other physics and are printed beside ours.
extension Experiment {
  static let all = [table1, table2, figure3, figure4, figure5, transfer]

  /// Chromatic policies of three architectures on every environment.
  private static let table1 = Experiment(
    name: "table1", title: "Chromatic policies of three architectures",
    cells: [
      "Swimmer-v5", "Reacher-v5", "Hopper-v5", "HalfCheetah-v5", "Walker2d-v5", "Pusher-v5",
      "Striker-v2", "Thrower-v2", "Ant-v5", "MinitaurTrajectoryGenerator-v0",
    ].flatMap { environment in
      [("L", "none", 8), ("H41", "41", 17), ("H41-H41", "41,41", 17)].map { name, hidden, classes in
        ExperimentCell(
          environment: environment, series: name,
          flags: ["--hidden", hidden, "--partitions", "\(classes)"])
      }
    }, iterations: 300)

  /// The paper's five classes of policies, one hidden layer of 41, and two ways to cluster free weights.
  private static let table2 = Experiment(
    name: "table2", title: "Classes of policies",
    cells: [
      cells2("Striker-v2", [(-247, 23), (-967, 25), (-129, 110), (-120, 82), (-117, 1230)]),
      cells2("HalfCheetah-v5", [(3273, 17), (4806, 40), (2525, 103), (1728, 82), (3614, 943)]),
      cells2("Hopper-v5", [(3408, 11), (2196, 17), (2749, 94), (2680, 82), (2691, 574)]),
      cells2("Walker2d-v5", [(3695, 17), (1781, 19), (1, 103), (3, 82), (2230, 943)]),
    ].flatMap(\.self), iterations: 300)

  private static func cells2(
    _ environment: String, _ reported: [(reward: Double, weights: Int)]
  ) -> [ExperimentCell] {
    let classes = ["chromatic", "masked", "toeplitz", "circulant", "unstructured"]
    let papers = zip(classes, reported).map { name, paper in
      ExperimentCell(
        environment: environment, series: name,
        flags: ["--policy", name]
          + (name == "chromatic"
            ? ["--controller", "factorised", "--partitions", "\(paper.weights)"] : falling),
        paper: .init(reward: paper.reward, weights: paper.weights))
    }
    // Nothing is trained any more once the partition is frozen at the very end.
    let clustered = [("clustered afterwards", ["--freeze-at", "1"]), ("clustering", [])].map {
      ExperimentCell(
        environment: environment, series: $0,
        flags: ["--controller", "clustering", "--partitions", "\(reported[0].weights)"] + $1)
    }
    return papers + clustered
  }

  /// The steps of free latents, for classes whose partition is prescribed: what they learn is then told
  /// apart by their structure alone.
  private static let falling = [
    "--sigma", "0.1:0.02", "--step-size", "0.04:0.0016", "--initial-deviation", "0.05",
  ]

  /// Masks and weights trained together, two hidden layers.
  private static let figure3 = Experiment(
    name: "figure3", title: "A mask trained with the weights",
    cells: ["Swimmer-v5", "Reacher-v5", "Hopper-v5", "HalfCheetah-v5"].map {
      ExperimentCell(
        environment: $0, series: "masked", flags: ["--policy", "masked", "--hidden", "41,41"])
    }, iterations: 300)

  /// A learned controller against random partitions, fresh or a fixed population: Walker2d is the
  /// paper's, HalfCheetah ours.
  private static let figure4 = Experiment(
    name: "figure4", title: "Learned against random partitions",
    cells: ["Walker2d-v5", "HalfCheetah-v5"].flatMap { environment in
      ["clustering", "factorised", "pointer", "evolution", "random", "population"].map {
        ExperimentCell(environment: environment, series: $0, flags: ["--controller", $0])
      }
    }, iterations: 300)

  /// Learning curves with search steps marked.
  private static let figure5 = Experiment(
    name: "figure5", title: "Learning curves with search steps",
    cells: ["HalfCheetah-v5", "Striker-v2", "Hopper-v5", "Ant-v5"].map {
      ExperimentCell(
        environment: $0, series: "chromatic",
        flags: ["--controller", "factorised", "--search-interval", "10"])
    }, iterations: 300, marksSearchSteps: true)

  /// Partitions learned on HalfCheetah, weights retrained on Walker2d, against random partitions.
  private static let transfer = Experiment(
    name: "transfer", title: "Partitions of HalfCheetah on Walker2d",
    cells: [
      ExperimentCell(
        environment: "HalfCheetah-v5", series: "learned", flags: ["--controller", "factorised"]),
      ExperimentCell(
        environment: "Walker2d-v5", series: "transferred", flags: ["--controller", "fixed"],
        partitionFrom: "HalfCheetah-v5-learned"),
      ExperimentCell(
        environment: "Walker2d-v5", series: "random", flags: ["--controller", "fixed"]),
    ], iterations: 300)
}
