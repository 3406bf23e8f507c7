import ChromaticPolicy
import Foundation
import Randomness
import Testing

@testable import Environments
@testable import Rendering

@Suite(.serialized)
struct SceneRendererTests {
  private let environment: any PhysicalEnvironment
  private let observation = UnsafeMutableBufferPointer<Double>.allocate(capacity: 100)

  /// The crawler of the examples, at the start of an episode.
  init() throws {
    let model = URL(filePath: #filePath).appending(path: "../../../docs/examples/crawler.xml")
      .standardized.path
    environment = try #require(
      try EnvironmentCatalog.make(EnvironmentSettings("mjcf:\(model)"))
        as? any PhysicalEnvironment)
    var random = RandomStream(seed: 0, purpose: .episode, index: 0)
    try environment.reset(&random, observation: observation)
  }

  @Test func `a picture shows the robot before its floor`() throws {
    let frame = try renderer().draw()
    let centre = frame.colours(rows: 60..<80, columns: 40..<100)
    let corner = frame.colours(rows: 100..<120, columns: 0..<20)
    #expect(centre.contains { $0.x > 150 && $0.x > 2 * $0.z }, "the orange hull")
    #expect(corner.allSatisfy { $0.z >= $0.x && $0.x > 60 }, "blue-grey tiles")
    #expect(Set(frame.colours(rows: 0..<120, columns: 0..<160)).count > 100)
  }

  @Test func `pictures differ as the robot moves, and drawing changes nothing of its motion`()
    throws
  {
    let renderer = try renderer()
    let first = try renderer.draw()
    #expect(try renderer.draw() == first)
    let drawn = try states { _ = try renderer.draw() }
    #expect(try renderer.draw() != first)
    #expect(try states {} == drawn)
  }

  @Test func `a camera that follows the robot keeps it in the picture`() throws {
    let renderer = try renderer()
    let zeros = [Double](repeating: 0, count: environment.positionSize)
    for x in [0, 3.0] {
      var qpos = zeros
      qpos[0] = x
      try environment.setState(
        ReplayState(qpos: qpos, qvel: zeros), observation: observation)
      for _ in 0..<30 { _ = try renderer.draw() }
      let centre = try renderer.draw().colours(rows: 50..<90, columns: 40..<120)
      #expect(centre.contains { $0.x > 150 && $0.x > 2 * $0.z }, "at \(x)")
    }
  }

  @Test func `two renderers that draw in turn draw what each draws alone`() throws {
    let alone = try (renderer().draw(), wide().draw())
    let (first, second) = (try renderer(), try wide())
    for _ in 0..<2 {
      #expect(try first.draw() == alone.0)
      #expect(try second.draw() == alone.1)
    }
  }

  @Test func `a camera that the model does not have is refused with those it has`() throws {
    let error = #expect(throws: RenderingError.self) {
      try SceneRenderer(of: environment, camera: "top", width: 32, height: 32)
    }
    #expect(error?.code == .noSuchCamera)
    #expect(error?.description.contains("has no camera 'top': it has none, or leave") == true)
    let cheetah = try #require(
      try EnvironmentCatalog.make("HalfCheetah-v5") as? any PhysicalEnvironment)
    let track = try SceneRenderer(of: cheetah, camera: "track", width: 32, height: 32)
    #expect(try Set(track.draw().pixels).count > 5)
  }

  @Test func `without the library that draws, the error says what installs it`() throws {
    let error = #expect(throws: RenderingError.self) {
      try OffscreenContext(environment: ["CHROMATIC_OSMESA": "/nonexistent"])
    }
    #expect(error?.code == .unavailable)
    #expect(
      error?.description == "libOSMesa is not installed: CHROMATIC_OSMESA names /nonexistent, "
        + "which does not load (run ops/bootstrap --render, which installs it)")
  }

  private func wide() throws -> SceneRenderer {
    try SceneRenderer(of: environment, camera: nil, width: 240, height: 100)
  }

  private func renderer() throws -> SceneRenderer {
    try SceneRenderer(of: environment, camera: nil, width: 160, height: 120)
  }

  /// The states of ten steps from a fixed start, with something done after each.
  private func states(_ afterStep: () throws -> Void) throws -> [ReplayState] {
    var random = RandomStream(seed: 1, purpose: .episode, index: 0)
    try environment.reset(&random, observation: observation)
    return try (0..<10).map { _ in
      let action = [0.8, -0.6]
      _ = try action.withUnsafeBufferPointer {
        try environment.step(action: $0, observation: observation)
      }
      try afterStep()
      return environment.state
    }
  }
}

extension Frame {
  /// The colours of a part of the picture.
  fileprivate func colours(rows: Range<Int>, columns: Range<Int>) -> [SIMD3<Int>] {
    rows.flatMap { row in
      columns.map { column in
        let i = 3 * (row * width + column)
        return SIMD3(Int(pixels[i]), Int(pixels[i + 1]), Int(pixels[i + 2]))
      }
    }
  }
}
