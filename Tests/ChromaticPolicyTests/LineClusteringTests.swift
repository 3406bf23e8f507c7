import Randomness
import Testing

import ChromaticPolicy

/// k-means on a line, against every clustering there is.
@Suite struct LineClusteringTests {
  /// Σ w (x − centre)² of a clustering.
  private func cost(_ values: [Double], _ weights: [Double], _ classes: [Int32]) -> Double {
    var total = 0.0
    for number in Set(classes) {
      let members = values.indices.filter { classes[$0] == number }
      let weight = members.reduce(0) { $0 + weights[$1] }
      let mean = members.reduce(0) { $0 + weights[$1] * values[$1] } / weight
      total += members.reduce(0) {
        $0 + weights[$1] * (values[$1] - mean) * (values[$1] - mean)
      }
    }
    return total
  }

  /// The least cost over all k^n assignments.
  private func leastCost(_ values: [Double], _ weights: [Double], count: Int) -> Double {
    var best = Double.infinity
    var classes = [Int32](repeating: 0, count: values.count)
    func assign(_ place: Int) {
      guard place < values.count else {
        best = min(best, cost(values, weights, classes))
        return
      }
      for number in 0..<Int32(count) {
        classes[place] = number
        assign(place + 1)
      }
    }
    assign(0)
    return best
  }

  @Test(arguments: 0..<40)
  func `no assignment of values to classes is better`(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), purpose: .simulation)
    let size = 1 + seed % 7
    let values = (0..<size).map { _ in (random.uniform() * 8).rounded() / 4 }
    let weights = (0..<size).map { _ in seed % 2 == 0 ? 1 : 0.1 + random.uniform() }
    for count in 1...4 {
      let found = LineClustering(values, weights: weights, count: count)
      let least = leastCost(values, weights, count: count)
      #expect(abs(cost(values, weights, found.classes) - least) < 1e-9)
      #expect(found.centres == found.centres.sorted())
      #expect(found.centres.count <= count)
    }
  }

  @Test func `the nearest centre is the nearest of all, of two equally near the lower`() {
    var random = RandomStream(seed: 6, purpose: .simulation)
    for count in [1, 2, 5, 17] {
      let centres = (0..<count).map { _ in random.gaussian() }.sorted()
      let values = (0..<200).map { _ in 2 * random.gaussian() }
      for (value, found) in zip(values, LineClustering.nearest(values, centres: centres)) {
        let distances = centres.map { ($0 - value).magnitude }
        #expect(distances[Int(found)] == distances.min())
      }
    }
    #expect(LineClustering.nearest([0.5, 0.6, -9, 9], centres: [0, 1]) == [0, 1, 0, 1])
    #expect(LineClustering.nearest([3, -3], centres: [2, 2, 2]) == [2, 0])
  }

  @Test func `every value is in the class whose centre is nearest`() {
    var random = RandomStream(seed: 5, purpose: .simulation)
    let values = (0..<943).map { _ in random.gaussian() + 1e3 }
    let found = LineClustering(values, count: 17)
    #expect(found.centres.count == 17)
    for (value, number) in zip(values, found.classes) {
      let own = abs(value - found.centres[Int(number)])
      #expect(found.centres.allSatisfy { own <= abs(value - $0) + 1e-9 })
    }
  }

  @Test func `planted groups are found whatever the order of the values`() {
    var random = RandomStream(seed: 9, purpose: .simulation)
    let planted = (0..<200).map { _ in Int(random.next() % 5) }
    let values = planted.map { Double($0) + random.uniform(-0.2, 0.2) }
    #expect(LineClustering(values, count: 5).classes == planted.map(Int32.init))
  }

  @Test func `as many classes as distinct values, and no more`() {
    let found = LineClustering([2, 1, 2, 1, 3], count: 9)
    #expect(found.centres == [1, 2, 3])
    #expect(found.classes == [1, 0, 1, 0, 2])
    #expect(LineClustering([7, 7, 7], count: 2).centres == [7])
  }

  @Test func `values that need not share stay what they are, to the last bit`() {
    let values: [Double] = [0.1, 1 / 3, 0.1, (1.0 / 3).nextUp, -1e9]
    let found = LineClustering(values, weights: [0.3, 0.7, 0.11, 3, 1e-6], count: 4)
    #expect(found.centres == [-1e9, 0.1, 1 / 3, (1.0 / 3).nextUp])
    #expect(found.classes == [1, 2, 1, 3, 0])
  }

  @Test func `a heavy value draws its class's centre to itself`() {
    let found = LineClustering([0, 1, 10], weights: [1, 3, 1], count: 2)
    #expect(found.classes == [0, 0, 1])
    #expect(found.centres == [0.75, 10])
  }
}
