import ChromaticPolicy
import Testing

@testable import Figures

@Suite struct LearningCurveTests {
  func curve(
    _ returns: [Double?], searchSteps: [Int] = [], title: String = "Learning curve"
  ) -> LearningCurve {
    LearningCurve(
      title: title, subtitle: "17-41-6",
      points: returns.enumerated().map { number, value in
        LearningCurve.Point(
          iteration: number, meanReturn: value, maxReturn: value.map { $0 + 700 },
          proposalReturn: value.map { $0 + 300 })
      }, searchSteps: searchSteps)
  }

  func marks(_ reader: SVGReader) -> String {
    reader.elements("path", class: "marks").first?.attributes["d"] ?? ""
  }

  static let odd: [[Double?]] = [
    [], [1204.5], [nil, nil], [5, 5, 5], [-300, -200, nil, -100], [.nan, .infinity, 3],
    [-1e300, 1e300], [0, .leastNonzeroMagnitude], [1e12, -2e12], [0.001, 0.0011],
  ]

  @Test(arguments: odd)
  func `any returns give well-formed SVG without NaN`(returns: [Double?]) {
    let svg = curve(returns, searchSteps: [0]).svg()
    #expect(SVGReader(svg).isWellFormed)
    #expect(!svg.lowercased().contains("nan"))
    #expect(!svg.contains("inf"))
  }

  @Test func `characters that XML reserves or forbids do not break the document`() {
    let reader = SVGReader(curve([1], title: "<a & \"b\">\u{1}\u{FFFF}").svg())
    #expect(reader.isWellFormed)
    #expect(reader.labels.contains("<a & \"b\">"))
  }

  @Test func `equal curves give equal bytes`() {
    let returns = (0..<50).map { Double($0 * $0 % 37) }
    #expect(curve(returns, searchSteps: [3]).svg() == curve(returns, searchSteps: [3]).svg())
  }

  @Test func `every search step is one line over the whole height`() {
    let reader = SVGReader(
      curve((0..<100).map(Double.init), searchSteps: [80, 10, 35, 60, 10]).svg())
    #expect(marks(reader).count { $0 == "M" } == 4)
    #expect(marks(reader).count { $0 == "V" } == 4)
    #expect(reader.labels.contains("search step"))
  }

  @Test func `a search step every iteration is a tick and said so`() {
    let reader = SVGReader(curve((0..<40).map(Double.init), searchSteps: Array(1..<40)).svg())
    #expect(marks(reader).count { $0 == "M" } == 39)
    #expect(marks(reader).count { $0 == "V" } == 0)
    #expect(reader.labels.contains("search step every iteration"))
  }

  @Test func `thousands of marks are thinned out`() {
    let reader = SVGReader(
      curve((0..<5000).map(Double.init), searchSteps: Array(0..<5000)).svg())
    #expect((200...450).contains(marks(reader).count { $0 == "M" }))
  }

  @Test func `a run without search steps has no marks and no mark in the legend`() {
    let reader = SVGReader(curve([1, 2, 3]).svg())
    #expect(reader.elements("path", class: "marks").isEmpty)
    #expect(!reader.labels.contains { $0.contains("search step") })
  }

  @Test func `unknown returns break the line and lonely points are dots`() {
    let reader = SVGReader(curve([1, 2, nil, 4, 5, 6, nil, 8]).svg())
    let lines = reader.elements("path", class: "series").compactMap { $0.attributes["d"] }
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.count { $0 == "M" } == 2 && $0.count { $0 == "L" } == 3 })
    #expect(reader.elements("circle", class: "series").count == 3)
  }

  @Test func `lines have colours of their own`() {
    let reader = SVGReader(curve([1, 2]).svg())
    let colours = reader.elements("path", class: "series").compactMap { $0.attributes["stroke"] }
    #expect(Set(colours).count == 3)
  }

  @Test func `series without data are not in the legend`() {
    let only = LearningCurve(
      title: "", subtitle: "", points: [.init(iteration: 0, meanReturn: 1)])
    let labels = SVGReader(only.svg()).labels
    #expect(labels.contains("mean of the perturbed policies"))
    #expect(!labels.contains("best of the iteration"))
  }

  @Test func `big returns carry thousands separators and a true minus`() {
    let labels = SVGReader(curve([-2000, 4000]).svg()).labels
    #expect(labels.contains("4,000"))
    #expect(labels.contains("−2,000"))
  }

  @Test func `the heading names what was trained`() {
    let curve = LearningCurve(
      environment: "HalfCheetah-v5",
      architecture: Architecture(observationSize: 17, hiddenSizes: [41], actionSize: 6),
      classes: 17, controller: "pointer", seed: 7, points: [])
    let svg = curve.svg()
    let labels = SVGReader(svg).labels
    #expect(labels.contains("Learning curve, HalfCheetah-v5"))
    #expect(labels.contains("17-41-6 (H41) · 17 classes · pointer controller · seed 7"))
  }

  @Test func `a screen reader is told where the curve begins and ends`() {
    let description = SVGReader(curve([-300, nil, 1200], searchSteps: [1]).svg())
      .elements("desc").first?.text
    #expect(
      description
        == "17-41-6. Mean return −300.0 at iteration 0 and 1,200.0 at iteration 2;"
        + " highest return 1,900.0; 1 search step.")
  }
}
