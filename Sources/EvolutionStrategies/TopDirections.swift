/// ARS's choice of directions (Mania et al. 2018): the b whose better return is largest.
public enum TopDirections {
  /// The best `count` of `returns` in their order, and what their returns are divided by.
  ///
  /// Of equal ones the earlier stays.
  public static func best(
    _ count: Int, of returns: [DirectionReturns]
  ) -> (returns: [DirectionReturns], scale: Double) {
    let usable = returns.enumerated().map { place, sample in
      (place: place, best: max(sample.plus, sample.minus ?? sample.plus))
    }
    let chosen = usable.sorted { ($1.best, $0.place) < ($0.best, $1.place) }.prefix(count)
      .map(\.place).sorted().map { returns[$0] }
    let used = chosen.flatMap { [$0.plus, $0.minus].compactMap(\.self) }
    return (chosen, ReturnSummary(used)?.normalisationScale ?? 1)
  }
}
