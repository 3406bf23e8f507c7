import Testing

@testable import Figures

@Suite struct IntervalFigureTests {
  private func figure(_ rows: [IntervalFigure.Row]) -> SVGReader {
    SVGReader(IntervalFigure(title: "a & b", subtitle: "", valueName: "return", rows: rows).svg())
  }

  @Test func `every value is a dot, between the ends of the axis, around an interval and a mark`()
    throws
  {
    let reader = figure([
      .init(name: "a", points: [0, 5, 10], estimate: 5, interval: (0, 10)),
      .init(name: "b", points: [20], estimate: 20, interval: nil),
    ])
    #expect(reader.isWellFormed)
    let dots = reader.elements("circle", class: "point").compactMap {
      $0.attributes["cx"].flatMap(Double.init)
    }
    #expect(
      dots.count == 4 && dots == dots.sorted()
        && abs(dots[1] - dots[0] - (dots[2] - dots[1])) < 0.05)
    let interval = try #require(reader.elements("rect", class: "interval").first).attributes
    let x = try #require(interval["x"].flatMap(Double.init))
    let width = try #require(interval["width"].flatMap(Double.init))
    #expect(x == dots[0] && abs(x + width - dots[2]) < 0.02)
    #expect(reader.elements("path", class: "estimate").count == 2)
    #expect(reader.elements("rect", class: "interval").count == 1)
  }

  @Test func `a run that diverged has no place`() {
    let reader = figure([
      .init(name: "a", points: [1e300, 1], estimate: 1e300, interval: (1, 1e300))
    ])
    #expect(reader.isWellFormed && reader.elements("circle", class: "point").count == 1)
    #expect(reader.elements("path", class: "estimate").isEmpty)
  }

  @Test func `a band runs along the upper ends and back along the lower`() throws {
    let band = [LineChart.Range(step: 0, lower: 0, upper: 2), .init(step: 1, lower: 1, upper: 3)]
    let series = LineChart.Series(
      name: "a", points: [.init(step: 0, value: 1), .init(step: 1, value: 2)], band: band)
    let chart = LineChart(
      title: "", subtitle: "", summary: "", stepName: "", valueName: "", series: [series])
    let reader = SVGReader(chart.svg())
    let path = try #require(reader.elements("path", class: "band").first?.attributes["d"])
    #expect(path.hasSuffix("Z") && path.count { $0 == "L" } == 3)
    let labels = reader.elements("text", class: "value").map(\.text)
    #expect(labels.contains { $0.hasPrefix("3") } && labels.contains { $0.hasPrefix("0") })
  }
}
