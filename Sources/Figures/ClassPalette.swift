/// Colours for the M classes of a partition: each as far as can be from all before it, for readers with any
/// colour vision.
///
/// The first colours do not depend on M, so a class keeps its colour when classes are added.
public struct ClassPalette: Sendable, Hashable {
  /// The colour of every class, length M; they repeat only beyond `distinctColours`.
  public let colours: [Colour]

  /// The number of colours before the first one comes again.
  public static var distinctColours: Int { candidates.count }

  /// A palette for `count` classes.
  public init(count: Int) {
    let distinct = Self.spread(min(count, Self.candidates.count))
    colours = (0..<count).map { distinct[$0 % distinct.count] }
  }

  /// A grid in OKLab without greys, near-black, near-white and neon colours.
  private static let candidates: [(seen: SeenColour, colour: Colour)] = {
    var result: [(seen: SeenColour, colour: Colour)] = []
    for lightness in stride(from: 30, through: 90, by: 4) {
      for a in stride(from: -20, through: 20, by: 2) {
        for b in stride(from: -20, through: 20, by: 2) where (16...400).contains(a * a + b * b) {
          let lab = SIMD3(Double(lightness), Double(a), Double(b)) / 100
          if let colour = Colour(lab: lab) { result.append((SeenColour(colour), colour)) }
        }
      }
    }
    return result
  }()

  /// What a figure shows where no edge is: its paper, and the gap that a removed edge leaves.
  private static let background = [
    Colour(red: 255, green: 255, blue: 255), Colour(red: 230, green: 233, blue: 236),
  ]

  /// Farthest-point selection: the next colour is the one whose nearest predecessor is farthest.
  private static func spread(_ count: Int) -> [Colour] {
    var distances = [Double](repeating: .infinity, count: candidates.count)
    var next = background.reduce(0) { _, colour in narrow(&distances, by: SeenColour(colour)) }
    var colours: [Colour] = []
    while colours.count < count {
      colours.append(candidates[next].colour)
      next = narrow(&distances, by: candidates[next].seen)
    }
    return colours
  }

  /// Takes up a colour that is used; returns the candidate that is now farthest.
  private static func narrow(_ distances: inout [Double], by used: SeenColour) -> Int {
    var farthest = 0
    for number in candidates.indices {
      distances[number] = min(distances[number], candidates[number].seen.squaredDistance(to: used))
      if distances[number] > distances[farthest] { farthest = number }
    }
    return farthest
  }
}
