import ChromaticPolicy
import Randomness
import Testing

@testable import Environments

@Suite struct EnvironmentCatalogTests {
  @Test func `every environment has the sizes that its description says`() throws {
    for description in try EnvironmentCatalog.all() {
      let environment = try description.make()
      #expect(environment.observationSize == description.observationSize)
      #expect(environment.actionSize == description.actionSize)
      #expect(environment.horizon == description.horizon)
      let buffer = ObservationBuffer(description.observationSize)
      buffer.pointer.update(repeating: .nan)
      var random = RandomStream.episodes(0)
      try environment.reset(&random, observation: buffer.pointer)
      #expect(
        !buffer.values.contains { !$0.isFinite }, "an observation is written only in part")
    }
  }

  @Test(arguments: [
    ("HalfCheetah-v4", "did you mean HalfCheetah-v5? "),
    ("halfcheeta", "did you mean HalfCheetah-v5? "),
    ("Pendlm", "did you mean Pendulum-v1? "), ("Pendulm-v1", "did you mean Pendulum-v1? "),
    ("Tetris", ""),
  ])
  func `an unknown id is one line with close matches and all known ids`(
    id: String, question: String
  ) throws {
    let error = #expect(throws: EnvironmentError.self) {
      try EnvironmentCatalog.make(EnvironmentSettings(id))
    }
    #expect(error?.code == .unknownEnvironment)
    #expect(
      error?.description == "unknown environment \"\(id)\": \(question)known are "
        + EnvironmentCatalog.ids.joined(separator: ", ")
        + "; gym:ID is any environment of Gymnasium's, mjcf:FILE any MuJoCo model")
  }

  @Test func `a missing model file is an error that names the command which fetches it`() throws {
    let error = #expect(throws: EnvironmentError.self) {
      try AssetDirectory.file("half_cheetah.xml", environment: ["CHROMATIC_ASSETS": "/nowhere"])
    }
    #expect(error?.code == .missingAsset)
    #expect(error?.description.contains("half_cheetah.xml in /nowhere: run ops/bootstrap") == true)
  }

  @Test func `model files are looked for where bootstrap puts them`() {
    #expect(AssetDirectory.path(environment: [:]) == "/usr/local/share/chromatic/assets")
    #expect(
      AssetDirectory.path(environment: ["CHROMATIC_PREFIX": "/opt/c"])
        == "/opt/c/share/chromatic/assets")
    #expect(
      AssetDirectory.path(environment: ["CHROMATIC_PREFIX": "/opt/c", "CHROMATIC_ASSETS": "/a"])
        == "/a")
  }
}

@Suite struct SpellingDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("flaw", "lawn", 2),
  ])
  func `it counts insertions, deletions and substitutions`(
    first: String, second: String, expected: Int
  ) {
    #expect(SpellingDistance.between(first, second) == expected)
  }
}
