import Foundation
import Testing

@testable import Figures

@Suite struct AxisTests {
  static let data: [[Double]] = [
    [0, 1], [-312.4, 2310.8], [5, 5], [-7], [0, 0], [1e-5, 3e-5], [-1e50, 1e50], [1e15, 1e15 + 3],
  ]

  @Test(arguments: data)
  func `an axis covers its data and has a few round ticks`(values: [Double]) throws {
    let axis = Axis(covering: values, ticks: 6)
    let least = try #require(values.min())
    let most = try #require(values.max())
    #expect(axis.lower <= least && axis.upper >= most)
    #expect((2...9).contains(axis.ticks.count))
    let digits = axis.step / pow(10, log10(axis.step * 1.0001).rounded(.down))
    #expect([1.0, 2, 5].contains { abs($0 - digits) < 1e-6 })
  }

  @Test func `data on round numbers is not given room it does not need`() {
    let axis = Axis(covering: [-1000, 5000], ticks: 6)
    #expect(axis.ticks == [-1000, 0, 1000, 2000, 3000, 4000, 5000])
  }

  @Test func `an axis of steps has whole ticks only`() {
    #expect(Axis(counting: [0, 1, 2, 3], ticks: 10).ticks == [0, 1, 2, 3])
    #expect(Axis(counting: [7], ticks: 10).ticks == [7, 8])
    #expect(Axis(counting: Array(0..<40), ticks: 10).ticks == [0, 5, 10, 15, 20, 25, 30, 35])
  }

  @Test(
    arguments: [
      ([1e-10, 2.2e-10], ["1.0E−10", "2.2E−10"]), ([-4e-10, 0], ["−4E−10", "0"]),
      ([3e-10], ["0", "3E−10", "6E−10"]), ([5e10, 5.0004e10], ["5.0000E10", "5.0001E10"]),
    ] as [([Double], [String])])
  func `labels tell ticks apart whatever their unit`(values: [Double], some: [String]) {
    let axis = Axis(covering: values, ticks: 6)
    let labels = axis.ticks.map(axis.label)
    #expect(Set(labels).count == labels.count)
    #expect(some.allSatisfy(labels.contains), "\(labels)")
  }

  @Test func `labels have the decimals the step needs`() {
    let fine = Axis(covering: [0.1, 0.35], ticks: 6)
    #expect(fine.ticks.map(fine.label) == ["0.10", "0.15", "0.20", "0.25", "0.30", "0.35"])
    let coarse = Axis(covering: [0, 12_000], ticks: 6)
    #expect(coarse.ticks.map(coarse.label).last == "12,000")
  }
}
