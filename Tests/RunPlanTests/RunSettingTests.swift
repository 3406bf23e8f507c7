import ChromaticPolicy
import Foundation
import RunQueue
import Testing

@testable import RunPlan

/// Rows of settings, and what follows from them.
@Suite struct RunSettingTests {
  private let traits = EnvironmentTraits(observationSize: 17, actionSize: 6, aliveBonus: 1)

  private func start(_ given: GivenSettings) throws -> RunConfiguration {
    try RunConfiguration(environment: "HalfCheetah-v5", traits, given: given)
  }

  private func document(_ path: String) throws -> String {
    let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  @Test func `flags and fields name one row each`() {
    let flags = RunSetting.all.map(\.flag)
    let fields = RunSetting.all.compactMap(\.field)
    #expect(Set(flags).count == flags.count)
    #expect(Set(fields).count == fields.count)
  }

  @Test func `every default is inside its range and reads back from its own text`() throws {
    let standard = RunConfiguration(
      environment: "HalfCheetah-v5", observationSize: 17, actionSize: 6)
    try standard.validate()
    for setting in RunSetting.all where setting.field != nil {
      var changed = standard
      try setting.read(&changed, from: standard.fields)
      #expect(changed == standard, "--\(setting.flag)")
    }
  }

  @Test func `what is not given follows from environment and other settings`() throws {
    let plain = try start([:])
    #expect(plain.aliveShift == 1 && plain.initialDeviation == 0.05 && plain.partitions == 17)
    let search: GivenSettings = ["controller": "factorised", "sigma": "0.2", "hidden": "8"]
    #expect(try start(search).initialDeviation == 0.2)
    #expect(try start(search).hiddenSizes == [8])
    #expect(try start(["controller": "random", "hidden": "none"]).initialDeviation == 0)
    #expect(try start(["controller": "random", "estimator": "forward"]).initialDeviation == 0)
    #expect(try start(["alive-shift": "0.5"]).aliveShift == 0.5)
    let toeplitz = try start(["policy": "toeplitz"])
    #expect(toeplitz.partitions == 103 && toeplitz.controller == .fixed)
    let removal = try start(["search-space": "edge-removal"])
    #expect(removal.partitions == 943 && removal.controller == .factorised)
  }

  @Test(
    arguments: [("clustering", "sigma"), ("clustering", "frozen-sigma"), ("factorised", "sigma")],
    ["1e9", "1e-9", "1e-9:1e9"])
  func `what follows from a value within its range is within its own`(
    setting: (controller: String, flag: String), value: String
  ) throws {
    try start(["hidden": "8", "controller": setting.controller, setting.flag: value]).validate()
  }

  @Test func `a value that is none is refused by its flag and what is expected`() {
    for setting in RunSetting.all where setting.form != .policyFile {
      var configuration = RunConfiguration(
        environment: "HalfCheetah-v5", observationSize: 17, actionSize: 6)
      let error = #expect(throws: InvalidSetting.self) {
        try setting.set(&configuration, to: "~")
      }
      #expect(error?.description == "--\(setting.flag) is '~', expected \(setting.expected)")
    }
  }

  @Test(arguments: [
    ("initial-concentration", "0.5"), ("controller-step", "0.5"), ("env-option", "a=1"),
    ("search-space", "edge-removal"), ("policy", "masked"), ("horizon", "5"), ("hidden", "none"),
    ("normalise-returns", "false"), ("seed", "1"), ("sigma", "0.1:0.03"), ("freeze-at", "0.5"),
  ])
  func `a value that differs from a run's is named by the flag that was given`(
    flag: String, value: String
  ) throws {
    let stored = try start([:])
    let given = GivenSettings(dictionaryLiteral: (flag, value))
    #expect(try given.difference(from: stored) == flag)
    var repeated = stored
    try given.apply(to: &repeated)
    #expect(try given.difference(from: repeated) == nil)
  }

  @Test(arguments: [
    ("controller-step", "5", "clustering", "choose pointer or factorised"),
    ("initial-concentration", "0.1", "random", "choose pointer or factorised"),
    ("replay-weight", "9", "factorised", "choose pointer"),
  ])
  func `a value that the controller has no use for is named, with those that have`(
    flag: String, value: String, controller: String, way: String
  ) throws {
    let problem = try idle(["controller": controller, flag: value])[flag]?.description
    #expect(problem?.hasPrefix("--\(flag) is nothing to --controller \(controller)") == true)
    #expect(problem?.hasSuffix(way) == true, "\(problem ?? "")")
    #expect(try idle(["controller": "pointer", flag: value]).isEmpty)
    // What a preset says beside the controller that was asked for is no mistake of the user's.
    #expect(try idle(["preset": "paper", "controller": controller]).isEmpty)
  }

  @Test func `mask-pressure is of masked policies`() throws {
    #expect(try idle(["mask-pressure": "0.1"])["mask-pressure"] != nil)
    #expect(try idle(["mask-pressure": "0.1", "policy": "masked"]).isEmpty)
  }

  private func idle(_ given: GivenSettings) throws -> [String: InvalidSetting] {
    given.idle(in: try start(given))
  }

  @Test func `the table of docs shows every row as it is`() throws {
    let found = try document("docs/settings.md")
    #expect(found.contains(Self.table), "docs/settings.md should hold:\n\(Self.table)")
  }

  private static let table =
    "| flag | default | expected | |\n|---|---|---|---|\n"
    + RunSetting.all.map { setting in
      let help = setting.help.replacing("|", with: "\\|")
      return "| `--\(setting.flag)` | \(setting.defaultText) | \(setting.expected) | \(help) |\n"
    }.joined()

  @Test func `README's table names flags that there are, with their defaults`() throws {
    let readme = try document("README.md")
    let section = try #require(readme.split(separator: "## Settings that matter").last)
    let rows = section.split(separator: "\n").filter { $0.hasPrefix("| `--") }
    #expect(rows.count >= 10)
    for row in rows {
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let flags = cells[0].split(separator: ",").map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: " `-"))
      }
      let defaults = cells[1].split(separator: ",").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      for (number, flag) in flags.enumerated() {
        let setting = try #require(RunSetting.named(flag), "--\(flag)")
        let shown = defaults.count == flags.count ? defaults[number] : cells[1]
        #expect(Self.agree(shown, setting.defaultText), "--\(flag): \(shown)")
      }
    }
  }

  /// Whether a default as README shows it is the row's: the same words or the same number.
  private static func agree(_ shown: String, _ row: String) -> Bool {
    shown == row || Double(shown).map { $0 == Double(row) } ?? row.hasPrefix(shown)
  }
}
