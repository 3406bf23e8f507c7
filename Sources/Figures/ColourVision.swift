/// How a reader sees colours: with all three kinds of cones, or without one of them.
///
/// The matrices are those of Machado, Oliveira and Fernandes (2009), for linear red, green and blue.
enum ColourVision: CaseIterable {
  case typical, protanopia, deuteranopia, tritanopia

  /// Where this reader sees `colour` in OKLab.
  func lab(of colour: Colour) -> SIMD3<Double> {
    let light = colour.linear
    let (red, green, blue) = rows
    let seen = SIMD3((red * light).sum(), (green * light).sum(), (blue * light).sum())
    return Colour.lab(linear: seen.clamped(lowerBound: .zero, upperBound: .one))
  }

  private var rows: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>) {
    switch self {
    case .typical: ([1, 0, 0], [0, 1, 0], [0, 0, 1])
    case .protanopia:
      (
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998]
      )
    case .deuteranopia:
      (
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881]
      )
    case .tritanopia:
      (
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900]
      )
    }
  }
}

/// A colour as all readers see it: lightness and both hues of OKLab, an element for each vision.
struct SeenColour {
  private let lightness: SIMD4<Double>
  private let redness: SIMD4<Double>
  private let yellowness: SIMD4<Double>

  init(_ colour: Colour) {
    let seen = ColourVision.allCases.map { $0.lab(of: colour) }
    lightness = SIMD4(seen.map(\.x))
    redness = SIMD4(seen.map(\.y))
    yellowness = SIMD4(seen.map(\.z))
  }

  /// The square of the distance for the reader to whom the two are closest.
  func squaredDistance(to other: SeenColour) -> Double {
    let (x, y, z) = (
      lightness - other.lightness, redness - other.redness, yellowness - other.yellowness
    )
    return (x * x + y * y + z * z).min()
  }
}
