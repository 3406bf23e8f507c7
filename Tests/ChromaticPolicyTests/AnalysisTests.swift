import Foundation
import Testing

@testable import ChromaticPolicy

@Suite struct AnalysisTests {
  private func partition(_ classes: [Int32]) -> Partition {
    Partition(classes: classes, classCount: Int(classes.max() ?? 0) + 1)
  }

  @Test func `a Toeplitz matrix has displacement rank two, an arbitrary one its smaller side`() {
    let toeplitz = (0..<41).map { row in
      (0..<17).map { column in sin(Double(column - row) * 1.3) * 2 }
    }
    #expect(DisplacementRank.of(toeplitz) == 2)
    let arbitrary = (0..<41).map { row in
      (0..<17).map { column -> Double in
        let phase = row * row + 3 * column * column * row + column
        return sin(Double(phase))
      }
    }
    #expect(DisplacementRank.of(arbitrary) == 17)
    #expect(DisplacementRank.of([[0, 0], [0, 0]]) == 0)
  }

  /// Z₁A − AZ₋₁ by explicit products.
  @Test func `the displacement is that of the shift matrices`() {
    let a = [[1.0, 2, 3], [4, 5, 7]]
    let down = [[0.0, 1], [1, 0]]
    let back = [[0.0, 0, -1], [1, 0, 0], [0, 1, 0]]
    func product(_ x: [[Double]], _ y: [[Double]]) -> [[Double]] {
      x.map { row in
        y[0].indices.map { column in row.indices.reduce(0) { $0 + row[$1] * y[$1][column] } }
      }
    }
    let expected = zip(product(down, a), product(a, back)).map { zip($0, $1).map { $0 - $1 } }
    #expect(DisplacementRank.displacement(a) == expected)
  }

  @Test(arguments: [1, 2, 3])
  func `rank counts independent rows`(rank: Int) {
    let basis = [[1.0, 2, 3, 4], [0, 1, -1, 2], [5, 5, 0, 1]].prefix(rank)
    let rows = (0..<6).map { row in
      (0..<4).map { column in
        basis.enumerated().reduce(0.0) { sum, term in
          sum + cos(Double(row * term.offset)) * term.element[column]
        }
      }
    }
    #expect(DisplacementRank.rank(rows, tolerance: 1e-9) == rank)
  }

  @Test func `partitions that differ in names only are equal`() throws {
    let distance = try #require(
      PartitionDistance(partition([0, 1, 2, 0, 1]), partition([2, 0, 1, 2, 0])))
    #expect(distance.variationOfInformation < 1e-12)
    #expect(distance.randIndex == 1 && distance.adjustedRandIndex == 1)
  }

  @Test func `independent halves share nothing`() throws {
    let distance = try #require(
      PartitionDistance(partition([0, 0, 1, 1]), partition([0, 1, 0, 1])))
    #expect(abs(distance.variationOfInformation - 2 * log(2)) < 1e-12)
    // Of six pairs two are joined by each, none by both: 2 pairs are separated by both.
    #expect(abs(distance.randIndex - 2.0 / 6) < 1e-12)
    #expect(abs(distance.adjustedRandIndex - -0.5) < 1e-12)
  }

  @Test func `one class against single edges is as far as can be`() throws {
    let distance = try #require(
      PartitionDistance(partition([0, 0, 0]), partition([0, 1, 2])))
    #expect(abs(distance.variationOfInformation - log(3)) < 1e-12)
    #expect(distance.randIndex == 0)
    #expect(PartitionDistance(partition([0]), partition([0, 1])) == nil)
  }
}
