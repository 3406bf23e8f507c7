import ExactArithmetic
import Randomness

/// How the directions g of an iteration are drawn.
public enum DirectionKind: String, Sendable, CaseIterable, Codable {
  /// Independent, g ~ N(0, I).
  case gaussian
  /// Orthogonal within blocks of at most d, each as long as an independent Gaussian vector.
  ///
  /// Structured evolution strategies (Choromanski et al. 2018): every g is N(0, I) by itself, and a
  /// block explores no direction twice.
  case orthogonal
}

/// The directions of one ES iteration, recreated from their names instead of being sent.
///
/// Remembers the block it is in, so that directions in rising order cost O(d²) each, and the last direction, which an
/// antithetic pair needs twice.
public struct DirectionSampler: Sendable {
  private let kind: DirectionKind
  private let seed: UInt64
  private let iteration: Int
  private let dimension: Int
  private var block = 0
  private var basis: [[Double]] = []
  private var last: (index: Int, direction: [Double])?

  /// The directions of iteration `iteration` under the run's seed, of the given dimension d.
  public init(_ kind: DirectionKind, seed: UInt64, iteration: Int, dimension: Int) {
    self.kind = kind
    self.seed = seed
    self.iteration = iteration
    self.dimension = dimension
  }

  /// How many numbers it remembers.
  public var size: Int { (basis.count + (last == nil ? 0 : 1)) * dimension }

  /// Direction number `index`, from 0.
  public mutating func direction(_ index: Int) -> [Double] {
    if let last, last.index == index { return last.direction }
    let direction =
      switch kind {
      case .gaussian: gaussian(.perturbation, index)
      case .orthogonal: orthogonal(index)
      }
    last = (index, direction)
    return direction
  }

  private func gaussian(_ purpose: StreamPurpose, _ index: Int) -> [Double] {
    var stream = RandomStream(
      seed: seed, purpose: purpose, iteration: UInt32(iteration), index: UInt32(index))
    return stream.gaussians(dimension)
  }

  private mutating func orthogonal(_ index: Int) -> [Double] {
    let (block, row) = index.quotientAndRemainder(dividingBy: dimension)
    if block != self.block {
      self.block = block
      basis = []
    }
    while basis.count <= row { extendBasis() }
    let length = gaussian(.perturbationNorm, index).norm
    return basis[row].map { length * $0 }
  }

  /// Gram and Schmidt's step, twice, so that rounding leaves no trace of earlier rows.
  private mutating func extendBasis() {
    var row = gaussian(.perturbation, block * dimension + basis.count)
    for _ in 0..<2 {
      for earlier in basis {
        let projection = zip(row, earlier).reduce(0) { $0 + $1.0 * $1.1 }
        for i in row.indices { row[i] -= projection * earlier[i] }
      }
      let length = row.norm
      for i in row.indices { row[i] /= length }
    }
    basis.append(row)
  }
}

/// W + scale·g.
public enum Perturbation {
  /// W + `scale`·g, where scale is σ or −σ.
  public static func apply(_ direction: [Double], scale: Double, to parameters: [Double])
    -> [Double]
  {
    precondition(direction.count == parameters.count)
    return zip(parameters, direction).map { $0 + scale * $1 }
  }
}
