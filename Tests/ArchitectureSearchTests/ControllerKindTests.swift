import Foundation
import Testing

@testable import ArchitectureSearch

/// Every kind of controller states its rules, and the lists that name the kinds are complete.
@Suite struct ControllerKindTests {
  /// A controller after steps enough to fill whatever it remembers.
  private func full(_ kind: ControllerKind, batchSize: Int, _ settings: ControllerSettings)
    -> any PartitionController
  {
    var controller = kind.make(edgeCount: 12, classCount: 3, seed: 1, settings: settings)
    for step in 0..<8 {
      let partitions = controller.sample(count: batchSize, seed: 4, step: step)
      let rewards = partitions.indices.map { Double?(Double($0 + step)) }
      _ = controller.update(partitions: partitions, rewards: rewards, seed: 4, step: step)
    }
    return controller
  }

  @Test(arguments: ControllerKind.allCases, [1, 10])
  func `a checkpoint is as large as its bound when all is filled, and never larger`(
    kind: ControllerKind, batchSize: Int
  ) {
    var settings = ControllerSettings()
    settings.hiddenWidth = 16
    settings.learningRate = 0.1
    settings.replayCapacity = 5
    let bound = kind.checkpointBound(
      edgeCount: 12, classCount: 3, batchSize: batchSize, settings: settings)
    let fresh = kind.make(edgeCount: 12, classCount: 3, seed: 1, settings: settings)
    #expect(fresh.checkpoint().count <= bound)
    #expect(full(kind, batchSize: batchSize, settings).checkpoint().count == bound)
  }

  @Test func `only a fixed controller has nothing to search`() {
    #expect(ControllerKind.allCases.filter { !$0.searches } == [.fixed])
    for kind in ControllerKind.allCases where !kind.searches {
      let controller = ControllerTests.trained(kind)
      #expect(Set(controller.sample(count: 4, seed: 1, step: 2)) == [controller.proposal()])
    }
  }

  @Test(arguments: ControllerKind.allCases)
  func `a kind is stored as its name`(kind: ControllerKind) throws {
    let text = String(decoding: try JSONEncoder().encode([kind]), as: UTF8.self)
    #expect(text == "[\"\(kind.rawValue)\"]")
    #expect(try JSONDecoder().decode([ControllerKind].self, from: Data(text.utf8)) == [kind])
  }

  @Test func `every name belongs to one kind`() {
    let kinds = ControllerKind.allCases
    #expect(Set(kinds.map(\.rawValue)).count == kinds.count)
    #expect(ControllerKind(rawValue: "oracle") == nil)
    #expect(kinds.allSatisfy { !$0.summary.isEmpty })
  }

  @Test(arguments: ControllerKind.allCases)
  func `README and the controllers' page name every kind`(kind: ControllerKind) throws {
    let root = URL(filePath: #filePath).appending(path: "../../..").standardized
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let row = try #require(
      readme.split(separator: "\n").first { $0.hasPrefix("| `--controller`") })
    #expect(row.contains("`\(kind.rawValue)`"))
    let page = try String(contentsOf: root.appending(path: "docs/controllers.md"), encoding: .utf8)
    #expect(page.contains("\n| `\(kind.rawValue)` |"))
  }
}
