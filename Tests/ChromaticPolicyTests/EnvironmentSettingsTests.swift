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

  @Test(arguments: ["9.8", "two words", "50%", "%20", "a=b", "%2520 %25", "", "[0.2, null]", "ä ö"])
  func `an option's value reads back from its line`(value: String) {
    var settings = EnvironmentSettings("a", options: ["first": value, "second": "1"])
    #expect(settings.isValid)
    #expect(EnvironmentSettings.options(settings.optionText) == settings.options)
    settings.options["a b"] = "1"
    #expect(!settings.isValid)
  }

  @Test func `an option is a name and whatever stands behind the first equals sign`() {
    #expect(EnvironmentSettings.option("map=a b=c")?.value == "a b=c")
    #expect(EnvironmentSettings.option("=1") == nil && EnvironmentSettings.option("a") == nil)
  }
}
