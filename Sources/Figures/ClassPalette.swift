/// Colours for the M classes of a partition: each as far as can be from all before it.
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
  private static let candidates: [(lab: SIMD3<Double>, colour: Colour)] = {
    var result: [(lab: SIMD3<Double>, colour: Colour)] = []
    for lightness in stride(from: 42, through: 90, by: 4) {
      for a in stride(from: -18, through: 18, by: 2) {
        for b in stride(from: -18, through: 18, by: 2) where (16...256).contains(a * a + b * b) {
          let lab = SIMD3(Double(lightness), Double(a), Double(b)) / 100
          if let colour = Colour(lab: lab) { result.append((lab, colour)) }
        }
      }
    }
    return result
  }()

  /// Farthest-point selection: the next colour is the one whose nearest predecessor is farthest.
  private static func spread(_ count: Int) -> [Colour] {
    var distances = [Double](repeating: .infinity, count: candidates.count)
    var colours: [Colour] = []
    var next = 0
    while colours.count < count {
      let chosen = candidates[next]
      colours.append(chosen.colour)
      next = 0
      for (number, candidate) in candidates.enumerated() {
        let difference = candidate.lab - chosen.lab
        let distance = (difference * difference).sum()
        distances[number] = min(distances[number], distance)
        if distances[number] > distances[next] { next = number }
      }
    }
    return colours
  }
}
