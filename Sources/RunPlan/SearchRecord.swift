import ArchitectureSearch
import Foundation
import RunQueue

/// What the controller leaves about its last search step: the field `search` of the checkpoint hash.
public struct SearchRecord: Sendable, Hashable, Codable {
  /// The field's name.
  public static let field = "search"

  /// The iteration the search step led to.
  public var iteration: Int
  /// Mean number of classes the new batch's partitions use.
  public var classesUsed: Double
  /// The controller's own figures; nil before its first update.
  public var report: SearchReport?

  /// A record with the given parts.
  public init(iteration: Int, classesUsed: Double, report: SearchReport?) {
    self.iteration = iteration
    self.classesUsed = classesUsed
    self.report = report
  }

  /// The record as one line of JSON.
  public var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("a search record holds a number that is not finite")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// The record in `text`, or nil if it is not one.
  public init?(text: String) {
    guard let record = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)),
      CredibleRange.iteration.contains(record.iteration),
      record.numbers.allSatisfy(CredibleRange.summary.contains)
    else {
      return nil
    }
    self = record
  }

  private var numbers: [Double] {
    [classesUsed]
      + (report.map { [$0.entropyPerEdge, $0.classesUsed, $0.divergencePerEdge] } ?? [])
  }
}

extension HistoryEntry {
  /// Takes over the figures of the search step that made this entry's batch.
  public mutating func take(_ record: SearchRecord?) {
    guard let record else { return }
    searchStep = record.iteration == iteration && iteration > 0
    classesUsed = record.classesUsed
    entropy = record.report?.entropyPerEdge
    divergence = searchStep ? record.report?.divergencePerEdge : nil
  }
}
