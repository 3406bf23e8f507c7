import Foundation

/// A colour of a screen, 8 bits a component.
public struct Colour: Sendable, Hashable {
  /// Red, 0 to 255.
  public let red: UInt8
  /// Green, 0 to 255.
  public let green: UInt8
  /// Blue, 0 to 255.
  public let blue: UInt8

  /// What a terminal shows in place of a removed edge.
  static let dark = Colour(red: 48, green: 48, blue: 48)

  /// As SVG and CSS write it: `#` and six hexadecimal digits.
  public var hex: String {
    let digits = String(Int(red) << 16 | Int(green) << 8 | Int(blue), radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// The nearest entry of a 256-colour terminal's 6 × 6 × 6 cube, 16 to 231.
  var indexed: Int {
    let levels = [0, 95, 135, 175, 215, 255]
    let nearest = [red, green, blue].map { component in
      levels.indices.min { a, b in
        abs(levels[a] - Int(component)) < abs(levels[b] - Int(component))
      } ?? 0
    }
    return 16 + nearest.reduce(0) { $0 * 6 + $1 }
  }
}

extension Colour {
  /// The colour at a point of Ottosson's OKLab space, or nil if no screen can show it.
  ///
  /// Distances in OKLab follow what eyes see: x is lightness, y green to red, z blue to yellow.
  init?(lab: SIMD3<Double>) {
    let long = lab.x + 0.3963377774 * lab.y + 0.2158037573 * lab.z
    let medium = lab.x - 0.1055613458 * lab.y - 0.0638541728 * lab.z
    let short = lab.x - 0.0894841775 * lab.y - 1.2914855480 * lab.z
    let (l, m, s) = (long * long * long, medium * medium * medium, short * short * short)
    let linear = [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    ]
    guard linear.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { return nil }
    let components = linear.map { value in
      let encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055
      return UInt8((255 * encoded).rounded())
    }
    self.init(red: components[0], green: components[1], blue: components[2])
  }

  /// Red, green and blue as shares of the light, 0 to 1.
  var linear: SIMD3<Double> {
    let parts = [red, green, blue].map { component in
      let value = Double(component) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return SIMD3(parts)
  }

  /// The point in OKLab of a colour of the given shares of red, green and blue light.
  static func lab(linear: SIMD3<Double>) -> SIMD3<Double> {
    let long = SIMD3(0.4122214708, 0.5363325363, 0.0514459929) * linear
    let medium = SIMD3(0.2119034982, 0.6806995451, 0.1073969566) * linear
    let short = SIMD3(0.0883024619, 0.2817188376, 0.6299787005) * linear
    let cones = SIMD3(cbrt(long.sum()), cbrt(medium.sum()), cbrt(short.sum()))
    return SIMD3(
      (SIMD3(0.2104542553, 0.7936177850, -0.0040720468) * cones).sum(),
      (SIMD3(1.9779984951, -2.4285922050, 0.4505937099) * cones).sum(),
      (SIMD3(0.0259040371, 0.7827717662, -0.8086757660) * cones).sum())
  }
}
