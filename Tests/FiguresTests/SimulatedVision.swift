@testable import Figures

/// What readers without one kind of cones see, by another model than the palette is made with: that of
/// Brettel, Viénot and Mollon (1997), two half-planes for each, as matrices of linear red, green and blue.
enum SimulatedVision: CaseIterable {
  case typical, protanopia, deuteranopia, tritanopia

  /// Where such a reader sees a colour in OKLab.
  func lab(of colour: Colour) -> SIMD3<Double> {
    let light = colour.linear
    guard let model else { return Colour.lab(linear: light) }
    let matrix = (model.normal * light).sum() >= 0 ? model.near : model.far
    let seen = SIMD3(
      (matrix[0] * light).sum(), (matrix[1] * light).sum(), (matrix[2] * light).sum())
    return Colour.lab(linear: seen.clamped(lowerBound: .zero, upperBound: .one))
  }

  private typealias Model = (
    normal: SIMD3<Double>, near: [SIMD3<Double>], far: [SIMD3<Double>]
  )

  private var model: Model? {
    switch self {
    case .typical: nil
    case .protanopia:
      (
        normal: [0.00048, 0.00416, -0.00464],
        near: [
          [0.14510, 1.20165, -0.34675], [0.10447, 0.85316, 0.04237], [0.00429, -0.00603, 1.00174],
        ],
        far: [
          [0.14115, 1.16782, -0.30897], [0.10495, 0.85730, 0.03776], [0.00431, -0.00586, 1.00155],
        ]
      )
    case .deuteranopia:
      (
        normal: [-0.00293, -0.00645, 0.00938],
        near: [
          [0.36198, 0.86755, -0.22953], [0.26099, 0.64512, 0.09389], [-0.01975, 0.02686, 0.99289],
        ],
        far: [
          [0.37009, 0.88540, -0.25549], [0.25767, 0.63782, 0.10451], [-0.01950, 0.02741, 0.99209],
        ]
      )
    case .tritanopia:
      (
        normal: [0.03901, -0.02788, -0.01113],
        near: [
          [1.01277, 0.13548, -0.14826], [-0.01243, 0.86812, 0.14431], [0.07589, 0.80500, 0.11911],
        ],
        far: [
          [0.93678, 0.18979, -0.12657], [0.06154, 0.81526, 0.12320], [-0.37562, 1.12767, 0.24796],
        ]
      )
    }
  }
}
