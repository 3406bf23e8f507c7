import ChromaticPolicy
import Testing

@testable import Figures

@Suite struct LineChartTests {
  private func partition(_ classes: [Int32], classCount: Int) -> Partition {
    Partition(classes: classes, classCount: classCount)
  }

  private func paths(_ chart: LineChart) -> [[String: String]] {
    SVGReader(chart.svg()).elements("path", class: "series").map(\.attributes)
  }

  @Test func `class sizes descend in stairs that begin and end on the axis`() throws {
    let chart = LineChart.classSizes([("a", partition([0, 1, 1, 2, 2, 2, 4], classCount: 5))])
    #expect(chart.series[0].points.map(\.step) == [0, 0, 1, 2, 4, 5])
    #expect(chart.series[0].points.map(\.value) == [0, 3, 2, 1, 0, 0].map(Double.init))
  }

  @Test func `equal class sizes are one tread, however many`() {
    let chart = LineChart.classSizes([
      ("unstructured", partition((0..<900).map(Int32.init), classCount: 900))
    ])
    #expect(chart.series[0].points.map(\.step) == [0, 0, 900])
    #expect(chart.subtitle == "unstructured · 900 edges · 900 classes of 1 edge")
  }

  @Test func `stairs are level and upright only, and filled`() throws {
    let chart = LineChart.classSizes([("a", partition([0, 0, 1], classCount: 2))])
    let path = try #require(paths(chart).first)
    let corners = try #require(path["d"])
    #expect(corners.count { $0 == "H" } == 3 && corners.count { $0 == "V" } == 3)
    #expect(!corners.contains("L"))
    #expect(path["fill"] == path["stroke"])
  }

  @Test func `removed edges are in no class`() {
    let chart = LineChart.classSizes([("a", partition([0, Partition.removed, 1], classCount: 2))])
    #expect(chart.subtitle == "a · 3 edges · 2 classes of 1 edge")
  }

  @Test func `entropy is drawn from zero on, unknown values leave a gap`() throws {
    let points = [nil, 2.5, 2.0, nil, 1.5].enumerated().map {
      LineChart.Point(step: $0, value: $1)
    }
    let chart = LineChart.entropy([("a", points)])
    let reader = SVGReader(chart.svg())
    #expect(reader.isWellFormed)
    #expect(reader.elements("text", class: "value").map(\.text).contains("0.0"))
    #expect(reader.elements("circle", class: "series").count == 1)
    #expect(
      chart.subtitle == "a · 2.50 nats per edge at iteration 1, 1.50 at iteration 4")
  }

  @Test func `many runs have a legend of several rows inside the picture`() throws {
    let runs = (0..<12).map { number in
      (name: "HalfCheetah-v5-seed-\(number)", points: [LineChart.Point(step: 0, value: 1)])
    }
    let elements = SVGReader(LineChart.entropy(runs).svg()).elements("text")
    let names = elements.filter { $0.text.hasPrefix("HalfCheetah") }
    let rows = Set(names.compactMap { $0.attributes["y"] })
    #expect(names.count == 12 && rows.count > 1)
    for name in names {
      let x = try #require(name.attributes["x"].flatMap(Double.init))
      #expect(x + 7 * Double(name.text.count) < 960)
    }
    let lowest = try #require(rows.compactMap(Double.init).max())
    let labels = elements.filter { $0.attributes["class"] == "value" }
    #expect(
      labels.compactMap { $0.attributes["y"].flatMap(Double.init) }.allSatisfy { $0 > lowest })
  }
}
