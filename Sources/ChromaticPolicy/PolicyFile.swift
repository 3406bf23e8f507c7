import Foundation
import StrictJSON

/// The policy file: one JSON object, sorted keys, doubles in their shortest exact form.
///
/// The partition is written as one string of class numbers per matrix row, so that a person can
/// read it and any JSON reader can use it; a removed edge is `-`. The field `policyClass` is there
/// for other classes than chromatic, `biasClasses` where biases are shared weights.
public enum PolicyFile {
  /// The version this code writes and the only one it reads.
  public static let formatVersion = 1

  /// The file's bytes; equal policies give equal bytes.
  public static func encode(_ policy: Policy) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    // Every stored number is finite and every key a string, so this encoding cannot fail.
    guard let data = try? encoder.encode(Contents(policy)) else {
      preconditionFailure("a policy holds a number that is not finite")
    }
    return data + Data("\n".utf8)
  }

  /// The policy in `data`, with every size and number checked.
  public static func decode(_ data: Data) throws(PolicyFileError) -> Policy {
    let contents: Contents
    do {
      contents = try StrictJSON.decode(Contents.self, from: data)
    } catch let error as any JSONFault {
      throw PolicyFileError(error.description)
    } catch let error as DecodingError {
      throw PolicyFileError(decoding: error)
    } catch {
      throw PolicyFileError("not a JSON object")
    }
    return try contents.policy()
  }
}

/// What is wrong with a policy file, as one line without the file's name.
public struct PolicyFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line.
  public let description: String

  init(_ description: String) { self.description = description }

  init(decoding error: DecodingError) {
    switch error {
    case .keyNotFound(let key, _):
      self.init("field '\(key.stringValue)' is missing")
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      self.init("field '\(path)' has the wrong type")
    default:
      self.init("not a JSON object")
    }
  }
}

private struct Contents: Codable {
  struct Layers: Codable {
    var observation: Int
    var hidden: [Int]
    var action: Int
  }

  var format: String
  var version: Int
  var environment: EnvironmentSettings
  var layers: Layers
  var policyClass: PolicyClass?
  var classes: Int
  var partition: [[String]]
  var sharedWeights: [Double]
  var biases: [Double]
  var biasClasses: String?
  var observationMean: [Double]
  var observationDeviation: [Double]
  var training: Policy.Training
  var evaluation: Policy.Evaluation?

  static let format = "chromatic policy"

  init(_ policy: Policy) {
    format = Self.format
    version = PolicyFile.formatVersion
    environment = policy.environment
    let architecture = policy.architecture
    layers = Layers(
      observation: architecture.observationSize, hidden: architecture.hiddenSizes,
      action: architecture.actionSize)
    policyClass = policy.policyClass == .standard ? nil : policy.policyClass
    classes = policy.partition.classCount
    partition = policy.matrices.map { $0.map { $0.map(Self.text).joined(separator: " ") } }
    sharedWeights = policy.sharedWeights
    biases = policy.biases
    biasClasses = policy.biasClasses.map { $0.map(String.init).joined(separator: " ") }
    observationMean = policy.normalisation.mean
    observationDeviation = policy.normalisation.deviation
    training = policy.training
    evaluation = policy.evaluation
  }

  func policy() throws(PolicyFileError) -> Policy {
    guard format == Self.format else { throw PolicyFileError("not a chromatic policy file") }
    guard version == PolicyFile.formatVersion else {
      throw PolicyFileError(
        "format version \(version), but this program reads version \(PolicyFile.formatVersion)")
    }
    guard environment.isValid else {
      throw PolicyFileError("field 'environment' has a setting outside its range")
    }
    let architecture = try architecture()
    let partition = try partition(on: architecture)
    try expect(sharedWeights, count: classes, field: "sharedWeights")
    try expect(biases, count: architecture.biasCount, field: "biases")
    try expect(observationMean, count: architecture.observationSize, field: "observationMean")
    try expect(
      observationDeviation, count: architecture.observationSize, field: "observationDeviation")
    guard observationDeviation.allSatisfy({ $0 > 0 }) else {
      throw PolicyFileError("field 'observationDeviation' has a value that is not positive")
    }
    guard evaluation.map(Self.isCredible) ?? true else {
      throw PolicyFileError("field 'evaluation' has a value that is not a finite number or count")
    }
    return Policy(
      environment: environment, architecture: architecture,
      policyClass: policyClass ?? .standard, partition: partition,
      parameters: sharedWeights + biases, biasClasses: try shares(of: architecture),
      normalisation: Normalisation(mean: observationMean, deviation: observationDeviation),
      training: training, evaluation: evaluation)
  }

  /// The class of every bias, nil where biases are numbers of their own.
  private func shares(of architecture: Architecture) throws(PolicyFileError) -> [Int32]? {
    guard let biasClasses else { return nil }
    let found = biasClasses.split(separator: " ").compactMap(entry)
    guard found.count == architecture.biasCount, policyClass == nil else {
      throw PolicyFileError(
        "field 'biasClasses' is not \(architecture.biasCount) classes from 0 to \(classes - 1)")
    }
    guard zip(found, biases).allSatisfy({ sharedWeights[Int($0)] == $1 }) else {
      throw PolicyFileError("field 'biases' has other values than the weights of 'biasClasses'")
    }
    return found
  }

  private static func isCredible(_ evaluation: Policy.Evaluation) -> Bool {
    evaluation.episodes > 0 && (0...evaluation.episodes).contains(evaluation.failureCount)
      && [
        evaluation.mean, evaluation.std, evaluation.min, evaluation.max,
        evaluation.failureReturn ?? 0,
      ].allSatisfy(\.isFinite)
  }

  private func architecture() throws(PolicyFileError) -> Architecture {
    let sizes = [layers.observation, layers.action] + layers.hidden
    guard sizes.allSatisfy({ (1...100_000).contains($0) }), layers.hidden.count <= 16 else {
      throw PolicyFileError("field 'layers' has a size outside 1 to 100000")
    }
    return Architecture(
      observationSize: layers.observation, hiddenSizes: layers.hidden, actionSize: layers.action)
  }

  private func partition(on architecture: Architecture) throws(PolicyFileError) -> Partition {
    let edges = architecture.edgeCount
    guard (1...edges).contains(self.classes) else {
      throw PolicyFileError("field 'classes' is \(self.classes), expected 1 to \(edges)")
    }
    let shapes = architecture.matrices
    guard partition.count == shapes.count else {
      throw PolicyFileError(
        "field 'partition' has \(partition.count) matrices, the layers make \(shapes.count)")
    }
    var classes: [Int32] = []
    for (number, (rows, shape)) in zip(partition, shapes).enumerated() {
      guard rows.count == shape.rows else {
        throw PolicyFileError(
          "matrix \(number) of field 'partition' has \(rows.count) rows, expected \(shape.rows)")
      }
      for row in rows {
        let words = row.split(separator: " ", omittingEmptySubsequences: false)
        let values = words.compactMap(entry)
        guard words.count == shape.columns, values.count == words.count else {
          throw PolicyFileError(
            "a row of matrix \(number) of field 'partition' is not \(shape.columns) classes "
              + "from 0 to \(self.classes - 1)")
        }
        classes += values
      }
    }
    let partition = Partition(classes: classes, classCount: self.classes)
    let prescribed = policyClass?.prescribedPartition(on: architecture)
    guard prescribed ?? partition == partition else {
      throw PolicyFileError(
        "field 'partition' is not the \(policyClass?.rawValue ?? "") one of these layers")
    }
    return partition
  }

  private static func text(_ entry: Int) -> String {
    entry == Partition.removed ? "-" : String(entry)
  }

  /// The class that `word` names in a row, nil if it may not stand there.
  private func entry(_ word: Substring) -> Int32? {
    if word == "-" { return policyClass?.removesEdges == true ? Partition.removed : nil }
    return Int32(word).flatMap { $0 >= 0 && $0 < classes && word == String($0) ? $0 : nil }
  }

  private func expect(_ values: [Double], count: Int, field: String) throws(PolicyFileError) {
    guard values.count == count else {
      throw PolicyFileError("field '\(field)' has \(values.count) values, expected \(count)")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw PolicyFileError("field '\(field)' has a value that is not a finite number")
    }
  }
}
