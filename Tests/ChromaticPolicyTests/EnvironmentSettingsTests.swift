import Testing

@testable import ChromaticPolicy

@Suite struct EnvironmentSettingsTests {
  @Test(arguments: [
    ("HalfCheetah-v5", "HalfCheetah-v5"), ("mjcf:robot.xml", "mjcf-robot"),
    ("mjcf:../my robots/big one.xml", "mjcf-big-one"), ("mjcf:/a/b.c.xml", "mjcf-b.c"),
    ("a:b:c", "a-b-c"), ("mjcf:", "mjcf"),
  ])
  func `an environment names files by the end of its path`(id: String, name: String) {
    #expect(EnvironmentSettings(id).fileName == name)
  }
}
