/// ARS's choice of directions (Mania et al. 2018): the b whose better return is largest.
public enum TopDirections {
  /// The best `count` of `returns` in their order, and what their returns are divided by.
  ///
  /// Directions with a failed evaluation are left out; of equal ones the earlier stays.
  ///
  /// - Parameter isAntithetic: whether a direction needs both of its returns.
  public static func best(
    _ count: Int, of returns: [DirectionReturns], isAntithetic: Bool
  ) -> (returns: [DirectionReturns], scale: Double) {
    let usable = returns.enumerated().compactMap { place, sample -> (place: Int, best: Double)? in
      guard let plus = sample.plus else { return nil }
      guard isAntithetic else { return (place, plus) }
      return sample.minus.map { (place, max(plus, $0)) }
    }
    let chosen = usable.sorted { ($1.best, $0.place) < ($0.best, $1.place) }.prefix(count)
      .map(\.place).sorted().map { returns[$0] }
    let used = chosen.flatMap { [$0.plus, isAntithetic ? $0.minus : nil].compactMap(\.self) }
    return (chosen, ReturnSummary(used)?.normalisationScale ?? 1)
  }
}
