import ChromaticPolicy
import ExactArithmetic
import Randomness
import Testing

@testable import ArchitectureSearch

/// The controller whose partition is the clusters of latent weights.
@Suite struct ClusteringControllerTests {
  private func controller(edges: Int, classes: Int) -> any LatentController {
    let made = ControllerKind.clustering.make(edgeCount: edges, classCount: classes, seed: 2)
    guard let controller = made as? any LatentController else {
      preconditionFailure("a controller that learns from latents clusters them")
    }
    return controller
  }

  private func latents(_ values: [Double], deviation: Double = 0.1) -> LatentWeights {
    LatentWeights(
      values, importance: [Double](repeating: 1, count: values.count), deviation: deviation)
  }

  @Test func `only kinds that learn from latents cluster`() {
    for kind in ControllerKind.allCases {
      let made = kind.make(edgeCount: 4, classCount: 2, seed: 1)
      #expect((made is any LatentController) == (kind.evidence == .latents))
    }
  }

  @Test func `classes are the clusters, and centres their means`() {
    var controller = controller(edges: 6, classes: 3)
    let report = controller.cluster(latents([2, -1, 0.25, 2.5, -1.5, 0.25]))
    #expect(controller.proposal().classes == [2, 0, 1, 2, 0, 1])
    #expect(controller.centres == [-1.25, 0.25, 2.25])
    #expect(report.classesUsed == 3)
    #expect(
      controller.sample(count: 3, seed: 1, step: 4)
        == Array(repeating: controller.proposal(), count: 3))
  }

  @Test func `edges that matter more draw the centres`() {
    var controller = controller(edges: 3, classes: 1)
    _ = controller.cluster(
      LatentWeights([0, 0, 1], importance: [0.5, 0.5, 3], deviation: 0.1))
    #expect(controller.centres == [0.75])
  }

  @Test func `classes beyond the distinct latents are empty`() {
    var controller = controller(edges: 4, classes: 3)
    let report = controller.cluster(latents([1, 1, 1, 1]))
    #expect(controller.centres == [1, 1, 1])
    #expect(report.classesUsed == 1)
    #expect(report.entropyPerEdge == 0)
  }

  /// Two centres at ±1: a latent at 0 draws either, one at ±1 the other with Φ(−1/σ).
  @Test func `entropy is that of the class nearest to a perturbed latent`() {
    var controller = controller(edges: 4, classes: 2)
    let report = controller.cluster(latents([-1, -1, 1, 1], deviation: 0.5))
    let other = ElementaryFunctions.normalDistribution(-2)
    let expected =
      -other * ElementaryFunctions.naturalLogarithm(other)
      - (1 - other) * ElementaryFunctions.naturalLogarithm(1 - other)
    #expect(abs(report.entropyPerEdge - expected) < 1e-12)
  }

  @Test func `divergence is that of the latents' Gaussians`() {
    var controller = controller(edges: 2, classes: 2)
    _ = controller.cluster(latents([0, 1]))
    let report = controller.cluster(latents([0.3, 1.1], deviation: 0.2))
    #expect(abs(report.divergencePerEdge - (0.09 + 0.01) / 2 / 0.08) < 1e-12)
    #expect(controller.cluster(latents([0.3, 1e90])).divergencePerEdge == 1e9)
  }

  @Test func `a controller that has seen latents goes on bit for bit`() throws {
    var original = controller(edges: 5, classes: 2)
    _ = original.cluster(latents([0.1, 0.2, -3, 0.4, 1]))
    let restored = try ControllerKind.restore(checkpoint: original.checkpoint())
    var again = try #require(restored as? any LatentController)
    #expect(again.centres == original.centres)
    let next = latents([0.5, 0.2, -2, 0.4, 1])
    #expect(again.cluster(next) == original.cluster(next))
    #expect(again.checkpoint() == original.checkpoint())
  }

  /// Evolution strategies on the latents, the return that of the nearest classes: −Σ (W_c(e) − t_e)².
  private func agreement(step: Double) -> Int {
    let (edges, planted) = (60, [-1.5, -0.4, 0.6, 1.6])
    var random = RandomStream(seed: 9, purpose: .simulation)
    let hidden = (0..<edges).map { _ in min(Int(random.uniform() * 4), 3) }
    var latents = (0..<edges).map { _ in 0.05 * random.gaussian() }
    var controller = controller(edges: edges, classes: 4)
    for _ in 0..<120 {
      _ = controller.cluster(self.latents(latents, deviation: 0.2))
      let centres = controller.centres
      func value(_ latents: [Double]) -> Double {
        zip(LineClustering.nearest(latents, centres: centres), hidden).reduce(0) {
          $0 - (centres[Int($1.0)] - planted[$1.1]) * (centres[Int($1.0)] - planted[$1.1])
        }
      }
      var gradient = [Double](repeating: 0, count: edges)
      for _ in 0..<60 {
        let g = (0..<edges).map { _ in random.gaussian() }
        let difference =
          value(zip(latents, g).map { $0 + 0.2 * $1 })
          - value(zip(latents, g).map { $0 - 0.2 * $1 })
        for edge in 0..<edges { gradient[edge] += g[edge] * difference }
      }
      let norm = gradient.norm
      if norm > 0 { for edge in 0..<edges { latents[edge] += step * gradient[edge] / norm } }
    }
    _ = controller.cluster(self.latents(latents))
    return zip(controller.proposal().classes, hidden).count { Int($0) == $1 }
  }

  @Test func `a planted partition of latents is found`() {
    #expect(agreement(step: 0.5) > 55)
    #expect(agreement(step: 0) < 30)
  }
}
