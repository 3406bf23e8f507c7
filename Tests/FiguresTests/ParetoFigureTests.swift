import Figures
import Testing

@Suite struct ParetoFigureTests {
  private func point(
    _ bits: Int, _ value: Double, _ series: String = "a", in environment: String = "Hopper-v5"
  ) -> ParetoFigure.Point {
    ParetoFigure.Point(environment: environment, series: series, bits: bits, value: value)
  }

  @Test func `the front holds what no smaller policy reaches`() {
    let figure = ParetoFigure([
      point(4_000, 300), point(1_000, 100), point(2_000, 90), point(2_000, 250, "b"),
      point(8_000, 300), point(500, .nan), point(3_000, 9_999, in: "Ant-v5"),
    ])
    #expect(figure.front(of: "Hopper-v5").map(\.bits) == [1_000, 2_000, 4_000])
    #expect(figure.front(of: "Hopper-v5").map(\.value) == [100, 250, 300])
    #expect(figure.front(of: "Swimmer-v5").isEmpty)
  }

  @Test func `every policy is a mark and every environment a panel`() {
    let figure = ParetoFigure(
      (0..<7).map { point(1_000 << $0, Double($0), "series <\($0)>", in: "Env\($0 % 4)-v0") })
    let svg = SVGReader(figure.svg())
    #expect(svg.isWellFormed)
    #expect(svg.elements("path", class: "policy").count == 7)
    #expect(svg.elements("path", class: "front").count == 4)
    for number in 0..<4 { #expect(svg.labels.contains("Env\(number)-v0")) }
    #expect(svg.labels.contains("series <6>"))
    #expect(figure.svg() == ParetoFigure(figure.points.reversed()).svg())
  }

  @Test func `a figure of nothing is a figure`() {
    let svg = SVGReader(ParetoFigure([]).svg())
    #expect(svg.labels.contains("Return against bits"))
  }
}
