import Foundation
import ReadableNumbers

/// A chart axis: a range of values and the round numbers in it that carry labels.
struct Axis: Hashable {
  let lower: Double
  let upper: Double
  /// Distance of the ticks: 1, 2 or 5 times a power of ten.
  let step: Double

  /// An axis that covers finite `values` and ends at ticks; 0 to 1 if there are none.
  init(covering values: [Double], ticks: Int) {
    let (least, most) = Self.range(of: values)
    step = Self.roundStep(atLeast: (most - least) / Double(ticks))
    lower = (least / step).rounded(.down) * step
    upper = (most / step).rounded(.up) * step
  }

  /// An axis for whole numbers that ends with the data and has ticks at whole numbers only.
  init(counting values: [Int], ticks: Int) {
    let least = values.min() ?? 0
    lower = Double(least)
    upper = Double(max(values.max() ?? 0, least + 1))
    step = max(1, Self.roundStep(atLeast: (upper - lower) / Double(ticks)))
  }

  /// The tick values, ascending.
  var ticks: [Double] {
    let first = Int((lower / step).rounded(.up))
    let last = Int((upper / step).rounded(.down))
    return first > last ? [] : (first...last).map { Double($0) * step }
  }

  /// The label of a tick, with as many digits as tell it from its neighbours.
  func label(_ tick: Double) -> String {
    tick.text(downTo: step, largest: max(lower.magnitude, upper.magnitude))
  }

  /// Where `value` lies on the axis, 0 at the lower end and 1 at the upper.
  func fraction(of value: Double) -> Double { (value - lower) / (upper - lower) }

  /// Least and greatest of `values`, spread a little if they are the same.
  private static func range(of values: [Double]) -> (Double, Double) {
    guard let least = values.min(), let most = values.max() else { return (0, 1) }
    guard most - least < 1e-100 else { return (least, most) }
    let spread = least == 0 ? 1 : max(min(1, least.magnitude), least.magnitude / 10)
    return (least - spread, most + spread)
  }

  private static func roundStep(atLeast step: Double) -> Double {
    let power = pow(10, log10(step).rounded(.down))
    // The tolerance keeps a step that is round already from growing through rounding errors.
    let factor = [1.0, 2, 5].first { $0 * power >= step * (1 - 1e-9) }
    return (factor ?? 10) * power
  }
}
