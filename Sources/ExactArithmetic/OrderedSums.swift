extension [Double] {
  /// Σ x / n, summed in order; 0 of nothing.
  @inlinable public var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }

  /// √Σ x², summed in order.
  @inlinable public var norm: Double { reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
