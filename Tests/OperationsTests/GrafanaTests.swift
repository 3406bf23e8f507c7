import Foundation
import Testing

/// `ops/grafana` shows metrics that exist, by variables that it defines.
@Suite struct GrafanaTests {
  private static let file = "ops/grafana/dashboards/chromatic.json"

  private func dashboard() throws -> Node {
    let path = "\(OperatorCommand.root)/\(Self.file)"
    return try JSONDecoder().decode(Node.self, from: Data(contentsOf: URL(filePath: path)))
  }

  @Test func `every panel is about exported metrics, and every metric is shown`() throws {
    let dashboard = try dashboard()
    let expressions = dashboard.panels.all.compactMap(\.expr.text)
    #expect(expressions.count >= 20)
    for expression in expressions {
      #expect(ExportedMetrics.unknown(in: expression) == [], "\(expression)")
      #expect(expression.contains("queue=\"$queue\""), "\(expression)")
    }
    let shown = Set(
      expressions.flatMap { $0.matches(of: /chromatic_[a-z_]+/).map { String($0.output) } })
    #expect(shown == Set(ExportedMetrics.labels.keys))
  }

  @Test func `its address stays and its variables are defined`() throws {
    let dashboard = try dashboard()
    #expect(dashboard.uid == .text("chromatic"))
    let variables = dashboard.templating["list"].list
    #expect(variables.compactMap(\.name.text) == ["datasource", "queue", "run"])
    for variable in variables.dropFirst() {
      let query = try #require(variable.definition.text)
      #expect(ExportedMetrics.unknown(in: query) == [], "\(query)")
    }
    let used = dashboard.all.compactMap(\.text).flatMap { text in
      text.matches(of: /\$\{?(?<name>[a-z]+)/).map { String($0.output.name) }
    }
    #expect(Set(used) == ["datasource", "queue", "run"])
  }

  @Test func `panels have names of their own and do not overlap`() throws {
    let panels = try dashboard().panels.list
    #expect(Set(panels.compactMap(\.id.number)).count == panels.count)
    var cells: Set<[Int]> = []
    for panel in panels {
      let position = panel.gridPos
      let numbers = [position.x, position.y, position.w, position.h].compactMap(\.number).map {
        Int($0)
      }
      guard numbers.count == 4 else {
        Issue.record("\(panel.title.text ?? "") has no place")
        continue
      }
      #expect(numbers[0] + numbers[2] <= 24)
      for x in numbers[0]..<numbers[0] + numbers[2] {
        for y in numbers[1]..<numbers[1] + numbers[3] {
          #expect(cells.insert([x, y]).inserted, "\(panel.title.text ?? "")")
        }
      }
    }
  }

  @Test func `it is found by Grafana's provisioning`() throws {
    let folder = "ops/grafana/provisioning"
    let sources = try Node.documents(file: "\(folder)/datasources/prometheus.yaml")[0]
    #expect(sources.datasources.list.first?.type == .text("prometheus"))
    let providers = try Node.documents(file: "\(folder)/dashboards/chromatic.yaml")[0]
    #expect(providers.providers.list.first?.options.path.text?.hasPrefix("/") == true)
  }
}
