import ChromaticPolicy
import Testing

@testable import Figures

@Suite struct PaperFigureTests {
  private func reader(
    _ hidden: [Int], observation: Int, action: Int, classes: Int,
    form: PaperFigure.Form = .matrices, inches: Double = 3.25
  ) -> (policy: Policy, svg: SVGReader) {
    let policy = PartitionFigureTests.policy(
      hidden, observation: observation, action: action, classes: classes)
    return (policy, SVGReader(PaperFigure(policy, form: form, inches: inches).svg()))
  }

  private func size(_ reader: SVGReader) throws -> (width: Double, height: Double) {
    let attributes = try #require(reader.elements.first?.attributes)
    let box = try #require(attributes["viewBox"]).split(separator: " ").compactMap { Double($0) }
    #expect(attributes["width"] == "\(box[2].coordinate)pt")
    #expect(attributes["height"] == "\(box[3].coordinate)pt")
    return (box[2], box[3])
  }

  @Test(arguments: PartitionFigureTests.architectures, [3.25, 6.75])
  func `a figure is as wide as it should be, and all of it lies within`(
    shape: (hidden: [Int], observation: Int, action: Int, classes: Int), inches: Double
  ) throws {
    for form in PaperFigure.Form.allCases {
      let (policy, svg) = reader(
        shape.hidden, observation: shape.observation, action: shape.action,
        classes: shape.classes, form: form, inches: inches)
      #expect(svg.isWellFormed)
      let (width, height) = try size(svg)
      #expect(width == inches * 72)
      for element in svg.elements("text") + svg.elements("rect", class: "swatch") {
        let (x, y) = (element.attributes["x"], element.attributes["y"])
        let (left, top) = try (#require(x.flatMap(Double.init)), #require(y.flatMap(Double.init)))
        #expect((0...width).contains(left) && (0...height).contains(top), "\(element)")
        let letters =
          element.attributes["text-anchor"] == nil ? 4.5 * Double(element.text.count) : 0
        #expect(left + letters <= width, "\(element)")
      }
      let matrices = PaperMatrices(PaperFigure(policy, form: form, inches: inches))
      for block in matrices.blocks where form == .matrices {
        #expect(block.x + Double(block.columns) * matrices.cell <= width)
        #expect(block.y + Double(block.rows) * matrices.cell <= height)
      }
    }
  }

  @Test func `cells have the colours of their classes, and every class is named beside its own`()
    throws
  {
    let (policy, svg) = reader([41], observation: 17, action: 6, classes: 17)
    let colours = ClassPalette(count: 17).colours.map(\.hex)
    let drawn = svg.elements("path", class: "cells")
    let expected = policy.matrices.flatMap { ClassRuns($0, classes: 17).paths }
    #expect(drawn.map { $0.attributes["d"] } == expected.map(\.path))
    #expect(drawn.map { $0.attributes["fill"] } == expected.map { colours[$0.index] })
    let swatches = svg.elements("rect", class: "swatch")
    #expect(swatches.map { $0.attributes["fill"] } == colours)
    // A number and a weight follow each colour.
    let names = svg.elements.enumerated().filter { $0.element.attributes["class"] == "swatch" }
      .map { (svg.elements[$0.offset + 1].text, svg.elements[$0.offset + 2].text) }
    #expect(names.map(\.0) == (0..<17).map(String.init))
    #expect(names[0].1 == "−1.00" && names[16].1 == "1.00")
  }

  @Test func `cells with room bear the numbers of their classes, in ink that is read on them`() {
    let (policy, svg) = reader([], observation: 17, action: 6, classes: 9)
    let numbers = svg.elements("text", class: "number")
    #expect(numbers.map(\.text) == policy.partition.classes.map(String.init))
    let palette = ClassPalette(count: 9)
    for number in numbers {
      let ground = palette.colours[Int(number.text) ?? 0]
      let isWhite = number.attributes["fill"] == Ink.paper
      // WCAG's contrast of large text, and of graphics.
      #expect(contrast(ground, isWhite ? 1 : 0.016) >= 3, "\(ground.hex)")
    }
    #expect(
      reader([41], observation: 17, action: 6, classes: 17).svg
        .elements("text", class: "number").isEmpty)
  }

  /// The contrast of a colour and type of that relative luminance.
  private func contrast(_ colour: Colour, _ type: Double) -> Double {
    let ground = (SIMD3(0.2126, 0.7152, 0.0722) * colour.linear).sum()
    return (max(ground, type) + 0.05) / (min(ground, type) + 0.05)
  }

  @Test func `a network has a line for every edge and a circle for every unit`() {
    let (policy, svg) = reader([5], observation: 3, action: 2, classes: 4, form: .network)
    let lines = svg.elements("path", class: "edges").reduce(0) {
      $0 + ($1.attributes["d"] ?? "").filter { $0 == "M" }.count
    }
    #expect(lines == policy.partition.edgeCount)
    #expect(svg.elements("circle", class: "unit").count == 10)
    #expect(svg.labels.contains("hidden (5)"))
  }

  @Test func `classes that nobody can tell apart are counted, not listed`() {
    let (_, svg) = reader([41, 41], observation: 111, action: 8, classes: 300)
    #expect(svg.elements("rect", class: "swatch").isEmpty)
    #expect(svg.labels.contains("300 classes, too many to be named here"))
  }
}
