import EvolutionStrategies

/// When latents become classes, and how the classes' weights are trained from then on.
///
/// A run whose controller clusters trains one latent weight per edge until its partition is frozen, then
/// the M weights of the classes. What is proposed, and kept, has classes in every iteration.
public struct ClusteringPlan: Sendable, Hashable, Codable {
  /// The share of the iterations from which perturbed policies, too, use the nearest class.
  public var clusterAt = 1.0
  /// The share of the iterations from which the partition stays.
  public var freezeAt = 0.9
  /// σ once the partition is frozen.
  public var sigma = SettingSchedule(from: 0.02, to: 0.01)
  /// η once the partition is frozen.
  public var stepSize = SettingSchedule(from: 0.0016, to: 0.0004)

  /// The usual plan for many classes.
  public init() {}

  /// When perturbed policies use classes by default: many hold what free weights have learned, to few the
  /// latents have to adapt.
  static func clusterAt(classes: Int) -> Double { classes <= 4 ? 0.6 : 1 }

  /// The first of `count` iterations that trains the classes' weights.
  func freezes(in count: Int) -> Int { Self.iteration(freezeAt, of: count) }

  /// The first of `count` iterations in which perturbed policies use the nearest class.
  func clusters(in count: Int) -> Int {
    min(Self.iteration(clusterAt, of: count), freezes(in: count))
  }

  private static func iteration(_ share: Double, of count: Int) -> Int {
    Int((share * Double(count)).rounded())
  }
}

/// Which weights evolution strategies train.
public enum WeightForm: Sendable, Hashable {
  /// One per class.
  case shared
  /// One per edge.
  case latent
}

extension RunConfiguration {
  /// The plan of a run whose controller clusters, nil for any other.
  public var clusteringPlan: ClusteringPlan? {
    controller.evidence == .latents ? clustering ?? ClusteringPlan() : nil
  }

  /// The first iteration whose partition is never clustered again; 0 where none ever is.
  public var freezingIteration: Int { clusteringPlan?.freezes(in: iterations) ?? 0 }

  /// Which weights `iteration` trains.
  public func form(of iteration: Int) -> WeightForm {
    iteration < freezingIteration ? .latent : .shared
  }

  /// Whether the perturbed policies of `iteration` use classes rather than the latents themselves.
  public func playsClasses(in iteration: Int) -> Bool {
    clusteringPlan.map { iteration >= $0.clusters(in: iterations) } ?? true
  }
}
