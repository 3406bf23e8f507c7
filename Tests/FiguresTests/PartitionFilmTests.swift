import ChromaticPolicy
import Testing

@testable import Figures

@Suite struct PartitionFilmTests {
  /// Scenes of a policy whose edges change their classes.
  private static func film(_ count: Int) -> PartitionFilm {
    let policy = PartitionFigureTests.policy([4], observation: 3, action: 2, classes: 5)
    let scenes = (0..<count).map { number in
      var changed = policy
      changed.partition = Partition(
        classes: policy.partition.classes.map { ($0 + Int32(number)) % 5 }, classCount: 5)
      changed.evaluation = Policy.Evaluation(returns: [Double(100 * number)])
      return PartitionFilm.Scene(iteration: 7 * number, policy: changed)
    }
    return PartitionFilm(scenes, secondsPerScene: 0.5)
  }

  /// What an animation shows at a share of the film.
  private func isVisible(_ animation: SVGReader.Element, at share: Double) throws -> Bool {
    let values = try #require(animation.attributes["values"]).split(separator: ";")
    let times = try #require(animation.attributes["keyTimes"]).split(separator: ";")
      .compactMap { Double($0) }
    try #require(values.count == times.count && times[0] == 0 && times == times.sorted())
    let place = try #require(times.lastIndex { $0 <= share })
    return values[place] == "visible"
  }

  @Test(arguments: [2, 3, 20]) func `one scene is seen at any time, in order`(count: Int) throws {
    let reader = SVGReader(Self.film(count).svg())
    #expect(reader.isWellFormed)
    let animations = reader.elements("animate")
    #expect(animations.count == count)
    #expect(
      animations.allSatisfy { $0.attributes["dur"] == "\((0.5 * Double(count)).coordinate)s" })
    for time in 0..<(10 * count) {
      let share = (Double(time) + 0.5) / Double(10 * count)
      let seen = try animations.indices.filter { try isVisible(animations[$0], at: share) }
      #expect(seen == [time / 10])
    }
    let scenes = reader.elements("g", class: "scene").map { $0.attributes["visibility"] }
    #expect(scenes == [String](repeating: "hidden", count: count - 1) + ["visible"])
  }

  @Test func `every scene has its own classes, its iteration and the return of its policy`() {
    let film = Self.film(3)
    let reader = SVGReader(film.svg())
    let drawn = reader.elements("path", class: "cells").map { $0.attributes["d"] ?? "" }
    let expected = film.scenes.flatMap { scene in
      scene.policy.matrices.flatMap { ClassRuns($0, classes: 5).paths.map(\.path) }
    }
    #expect(drawn == expected)
    #expect(reader.labels.contains("iteration 14, return 200.0"))
    #expect(reader.labels.contains("HalfCheetah-v5, 3-4-2, 20 edges in 5 classes"))
  }

  @Test func `a film of one scene does not move`() {
    let reader = SVGReader(Self.film(1).svg())
    #expect(reader.isWellFormed && reader.elements("animate").isEmpty)
    #expect(reader.elements("g", class: "scene").map { $0.attributes["visibility"] } == ["visible"])
  }
}
