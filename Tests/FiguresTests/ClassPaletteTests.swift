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

  @Test func `seventeen classes are far from each other`() {
    let colours = ClassPalette(count: 17).colours
    for (number, colour) in colours.enumerated() {
      for other in colours.dropFirst(number + 1) { #expect(distance(colour, other) > 40) }
    }
  }

  @Test func `neighbours among hundreds of classes look different`() {
    let colours = ClassPalette(count: 300).colours
    for (colour, next) in zip(colours, colours.dropFirst()) { #expect(distance(colour, next) > 25) }
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
