import ChromaticPolicy
import Testing

@testable import Figures

@Suite struct PartitionFigureTests {
  static let architectures: [(hidden: [Int], observation: Int, action: Int, classes: Int)] = [
    ([41], 17, 6, 17), ([], 17, 6, 50), ([41, 41], 111, 8, 300), ([], 1, 1, 1), ([3], 2, 2, 9),
  ]

  static func policy(
    _ hidden: [Int], observation: Int, action: Int, classes: Int
  ) -> Policy {
    let architecture = Architecture(
      observationSize: observation, hiddenSizes: hidden, actionSize: action)
    // Squares modulo a prime: scattered, with some equal neighbours.
    let colouring = (0..<architecture.edgeCount).map { Int32($0 / 2 * $0 % 1009 % classes) }
    return Policy(
      environment: "HalfCheetah-v5", architecture: architecture,
      partition: Partition(classes: colouring, classCount: classes),
      parameters: (0..<classes + architecture.biasCount).map { Double($0) / 8 - 1 },
      normalisation: Normalisation(
        mean: [Double](repeating: 0, count: observation),
        deviation: [Double](repeating: 1, count: observation)),
      training: Policy.Training(seed: 7, iteration: 40, controller: "pointer"))
  }

  /// How often each class's path covers each cell of a matrix.
  private func cover(_ matrix: [[Int]], classes: Int) -> [[[Int]]] {
    var cells = matrix.map { $0.map { _ in [Int]() } }
    for (index, path) in ClassRuns(matrix, classes: classes).paths {
      for run in path.split(separator: "M") {
        let numbers = run.split { !$0.isNumber }.compactMap { Int($0) }
        for column in numbers[0]..<numbers[0] + numbers[2] {
          cells[numbers[1]][column].append(index)
        }
      }
    }
    return cells
  }

  @Test(arguments: architectures)
  func `every edge is covered once by its own class`(
    hidden: [Int], observation: Int, action: Int, classes: Int
  ) {
    let policy = Self.policy(hidden, observation: observation, action: action, classes: classes)
    for matrix in policy.matrices {
      #expect(cover(matrix, classes: classes) == matrix.map { $0.map { [$0] } })
    }
  }

  @Test(arguments: architectures)
  func `the figure is well-formed and draws every matrix within its bounds`(
    hidden: [Int], observation: Int, action: Int, classes: Int
  ) throws {
    let policy = Self.policy(hidden, observation: observation, action: action, classes: classes)
    let reader = SVGReader(PartitionFigure.svg(of: policy))
    #expect(reader.isWellFormed)
    #expect(reader.elements("g").count == policy.matrices.count)
    let drawn = reader.elements("path", class: "cells").compactMap { $0.attributes["d"] }
    let expected = policy.matrices.flatMap { ClassRuns($0, classes: classes).paths.map(\.path) }
    #expect(drawn == expected)
    #expect(reader.elements("rect", class: "swatch").count == classes)
    let height = try #require(reader.elements.first?.attributes["height"].flatMap(Double.init))
    for block in PartitionLayout(policy).blocks {
      #expect(block.x + block.fullWidth <= PartitionLayout.width)
      #expect(block.bottom <= height)
    }
  }

  @Test func `blocks do not overlap`() {
    let blocks = PartitionLayout(
      Self.policy([41, 41], observation: 111, action: 8, classes: 17)
    ).blocks
    for (number, block) in blocks.enumerated() {
      for other in blocks.dropFirst(number + 1) {
        #expect(
          other.x >= block.x + block.width || other.y >= block.bottom || block.y >= other.bottom)
      }
    }
  }

  @Test func `matrices are labelled with their sizes as in the paper`() {
    let policy = Self.policy([41], observation: 17, action: 6, classes: 17)
    let labels = SVGReader(PartitionFigure.svg(of: policy)).labels
    #expect(labels.contains("Matrix 1: 17 × 41"))
    #expect(labels.contains("Matrix 2: 41 × 6"))
    #expect(labels.contains("943 edges in 17 same-weight classes"))
  }

  @Test func `the legend lists every class with its weight and its edges`() {
    let policy = Self.policy([41], observation: 17, action: 6, classes: 17)
    let labels = SVGReader(PartitionFigure.svg(of: policy)).labels
    #expect(labels.contains("−0.875"))
    #expect(labels.contains("\(policy.partition.classSizes[16])"))
    let bare = SVGReader(PartitionFigure.svg(of: policy, legend: false))
    #expect(bare.elements("rect", class: "swatch").isEmpty)
  }

  @Test func `six thousand edges take less than twenty bytes each`() {
    let policy = Self.policy([41, 41], observation: 111, action: 8, classes: 17)
    #expect(policy.partition.edgeCount == 6560)
    #expect(PartitionFigure.svg(of: policy).utf8.count < 20 * 6560)
  }
}
