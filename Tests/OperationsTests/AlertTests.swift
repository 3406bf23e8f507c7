import Dashboard
import Foundation
import ServerTestKit
import Testing

/// `ops/prometheus` passes promtool, and every alert is tried, explained and about metrics that exist.
@Suite struct AlertTests {
  private static let folder = "ops/prometheus"
  private static let rules = "\(folder)/alerts.yaml"

  private static func alerts() throws -> [Node] {
    try Node.documents(file: rules)[0].groups.list.flatMap(\.rules.list)
  }

  private static func scenarios(in folder: String) throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/tests")
    return names.sorted().map { "\(folder)/tests/\($0)" }
  }

  @Test func `the metrics that alerts and panels may name are those that are exported`() {
    let exported = Set(QueueMetric.allCases.map(\.rawValue))
    #expect(Set(ExportedMetrics.labels.keys) == exported)
  }

  @Test func `promtool takes rules and configuration`() throws {
    for (kind, file) in [("rules", Self.rules), ("config", "\(Self.folder)/prometheus.yaml")] {
      let command = try ManifestTools.promtool("check", kind, file)
      #expect(command.code == 0, "\(command.output)\(command.errors)")
    }
  }

  @Test func `every alert fires when it should and not when it should not`() throws {
    for scenario in try Self.scenarios(in: "\(OperatorCommand.root)/\(Self.folder)") {
      let command = try ManifestTools.promtool("test", "rules", scenario)
      #expect(command.code == 0, "\(command.output)\(command.errors)")
    }
  }

  /// An alert that never fires, and one that always does, must each fail a scenario.
  @Test(arguments: ["vector(0) > 1", "max by (queue) ({__name__=~\"chromatic_.*\"}) > -1e9"])
  func `the scenarios notice an alert that is broken`(expression: String) throws {
    let text = try String(
      contentsOfFile: "\(OperatorCommand.root)/\(Self.rules)", encoding: .utf8)
    let names = try Self.alerts().compactMap(\.alert.text)
    for name in names {
      let directory = try TestDirectory()
      let copy = "\(directory.path)/prometheus"
      try FileManager.default.copyItem(
        atPath: "\(OperatorCommand.root)/\(Self.folder)", toPath: copy)
      let start = try #require(text.range(of: "- alert: \(name)\n"))
      let rest = text[start.upperBound...]
      let end = try #require(rest.range(of: "        labels:\n"))
      let broken = "        expr: '\(expression)'\n"
      let changed = text[..<start.upperBound] + broken + rest[end.lowerBound...]
      try String(changed).write(
        toFile: "\(copy)/alerts.yaml", atomically: false, encoding: .utf8)
      #expect(try ManifestTools.promtool("check", "rules", "\(copy)/alerts.yaml").code == 0)
      let isNoticed = try Self.scenarios(in: copy).contains {
        try ManifestTools.promtool("test", "rules", $0).code != 0
      }
      #expect(isNoticed, "\(name): \(expression)")
    }
  }

  @Test func `every alert says how bad it is, what it means and where to read on`() throws {
    let page = "docs/operations.md"
    let text = try String(contentsOfFile: "\(OperatorCommand.root)/\(page)", encoding: .utf8)
    let sections = Set(
      text.matches(of: /(?m)^### (?<name>Chromatic[A-Za-z]+)$/).map { String($0.output.name) })
    let alerts = try Self.alerts()
    for alert in alerts {
      let name = try #require(alert.alert.text)
      #expect(["critical", "warning"].contains(alert.labels.severity.text), "\(name)")
      for annotation in ["summary", "description"] {
        #expect(alert.annotations[annotation].text?.isEmpty == false, "\(name): \(annotation)")
      }
      #expect(alert.annotations.runbook_url.text == "\(page)#\(name.lowercased())")
    }
    #expect(Set(alerts.compactMap(\.alert.text)) == sections)
  }

  @Test func `alerts are about metrics that are exported`() throws {
    for alert in try Self.alerts() {
      let expression = try #require(alert.expr.text)
      #expect(expression.contains("chromatic_"))
      #expect(ExportedMetrics.unknown(in: expression) == [], "\(alert.alert.text ?? "")")
    }
    #expect(
      ExportedMetrics.unknown(in: "chromatic_task_pending{queue=\"a\"} + chromatic_runs{run=\"b\"}")
        == ["chromatic_task_pending", "chromatic_runs{run}"])
  }
}
