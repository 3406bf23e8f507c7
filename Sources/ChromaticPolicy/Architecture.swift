/// A feed-forward architecture s → h… → a: the base graph whose edges a partition colours.
public struct Architecture: Sendable, Hashable, Codable {
  /// Observation size s.
  public let observationSize: Int
  /// Sizes of the hidden layers; empty for the linear policy `L`.
  public let hiddenSizes: [Int]
  /// Action size a.
  public let actionSize: Int

  /// An architecture with the given layer sizes, all positive.
  public init(observationSize: Int, hiddenSizes: [Int], actionSize: Int) {
    precondition(([observationSize, actionSize] + hiddenSizes).allSatisfy { $0 > 0 })
    self.observationSize = observationSize
    self.hiddenSizes = hiddenSizes
    self.actionSize = actionSize
  }

  /// All layer sizes, input first.
  public var layerSizes: [Int] { [observationSize] + hiddenSizes + [actionSize] }

  /// The weight matrices in order, each (rows: outputs, columns: inputs).
  public var matrices: [(rows: Int, columns: Int)] {
    zip(layerSizes.dropFirst(), layerSizes).map { (rows: $0, columns: $1) }
  }

  /// |E|, the number of edges; edge e is entry (row, column) of its matrix in row-major order.
  public var edgeCount: Int { matrices.reduce(0) { $0 + $1.rows * $1.columns } }

  /// h, the number of trained biases: one per hidden unit, none on the output.
  public var biasCount: Int { hiddenSizes.reduce(0, +) }

  /// The paper's name of the class: `L`, `H41` or `H41,H41`.
  public var name: String {
    hiddenSizes.isEmpty ? "L" : hiddenSizes.map { "H\($0)" }.joined(separator: ",")
  }

  /// The layer sizes joined by dashes, as `17-41-6`.
  public var sizes: String { layerSizes.map(String.init).joined(separator: "-") }
}
