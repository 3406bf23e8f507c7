import Testing

@testable import Figures

@Suite struct ClassPaletteTests {
  /// Distance of two colours as bytes, 0 to 441.
  private func distance(_ a: Colour, _ b: Colour) -> Double {
    let differences = [(a.red, b.red), (a.green, b.green), (a.blue, b.blue)].map {
      Double($0) - Double($1)
    }
    return differences.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  @Test(arguments: [1, 2, 17, 50, 300, 1000])
  func `every class has a colour of its own`(count: Int) {
    let colours = ClassPalette(count: count).colours
    #expect(colours.count == count)
    #expect(Set(colours).count == count)
  }

  @Test(arguments: [(4, 0.18), (8, 0.10), (17, 0.07)], SimulatedVision.allCases)
  func `few classes are far from each other for every reader`(
    limit: (count: Int, distance: Double), vision: SimulatedVision
  ) {
    let colours = ClassPalette(count: limit.count).colours.map(vision.lab)
    for (number, colour) in colours.enumerated() {
      for other in colours.dropFirst(number + 1) {
        let difference = colour - other
        #expect((difference * difference).sum().squareRoot() > limit.distance)
      }
    }
  }

  @Test(arguments: SimulatedVision.allCases)
  func `the lines of a chart are told apart by every reader`(vision: SimulatedVision) {
    let colours = LineChartDrawing.colours.map { hex in
      let digits = Int(hex.dropFirst(), radix: 16) ?? 0
      return vision.lab(
        of: Colour(
          red: UInt8(digits >> 16), green: UInt8(digits >> 8 & 255), blue: UInt8(digits & 255)))
    }
    for (number, colour) in colours.enumerated() {
      for other in colours.dropFirst(number + 1) {
        let difference = colour - other
        #expect((difference * difference).sum().squareRoot() > 0.07)
      }
    }
  }

  @Test(arguments: SimulatedVision.allCases)
  func `no class of seventeen looks like paper or like the gap of a removed edge`(
    vision: SimulatedVision
  ) {
    let background = [
      Colour(red: 255, green: 255, blue: 255), Colour(red: 230, green: 233, blue: 236),
    ].map(vision.lab)
    for colour in ClassPalette(count: 17).colours.map(vision.lab) {
      for other in background {
        let difference = colour - other
        #expect((difference * difference).sum().squareRoot() > 0.07)
      }
    }
  }

  @Test func `neighbours among hundreds of classes look different`() {
    let colours = ClassPalette(count: 300).colours
    for (colour, next) in zip(colours, colours.dropFirst()) { #expect(distance(colour, next) > 20) }
  }

  @Test func `a class keeps its colour when classes are added`() {
    #expect(ClassPalette(count: 50).colours.starts(with: ClassPalette(count: 17).colours))
  }

  @Test func `beyond all distinct colours the first comes again`() {
    let distinct = ClassPalette.distinctColours
    let colours = ClassPalette(count: distinct + 1).colours
    #expect(Set(colours).count == distinct)
    #expect(colours.last == colours.first)
  }

  @Test func `colours are written as six hexadecimal digits`() {
    #expect(Colour(red: 0, green: 10, blue: 255).hex == "#000aff")
  }

  @Test func `indexed colours are the nearest of the cube`() {
    #expect(Colour(red: 0, green: 0, blue: 0).indexed == 16)
    #expect(Colour(red: 255, green: 255, blue: 255).indexed == 231)
    #expect(Colour(red: 250, green: 100, blue: 0).indexed == 16 + 36 * 5 + 6)
  }
}
