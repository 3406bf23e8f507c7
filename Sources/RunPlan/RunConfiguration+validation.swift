import ChromaticPolicy
import RunQueue

/// A setting outside its range; one line that names it as the command line does.
public struct InvalidSetting: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line.
  public let description: String

  /// A setting described by a whole line.
  public init(_ line: String) { description = line }

  /// `flag` has a value other than `expected`.
  public init(_ flag: String, is value: some CustomStringConvertible, expected: String) {
    description = "\(flag) is \(value), expected \(expected)"
  }
}

extension RunConfiguration {
  /// Throws for the first setting that is outside its range.
  public func validate() throws(InvalidSetting) {
    for (name, size) in [("observation", observationSize), ("action", actionSize)] {
      guard (1...100_000).contains(size) else {
        throw InvalidSetting("\(name) size", is: size, expected: "1 to 100000")
      }
    }
    for setting in RunSetting.all {
      if let problem = setting.problem(self) { throw problem }
    }
    if let evaluationProblem { throw evaluationProblem }
    if let problem = controllerSettings.problem { throw InvalidSetting(problem) }
  }

  /// Whether a controller has anything to decide about policies of this class.
  public var searchesPartitions: Bool { policyClass.isSearched }

  /// The decisions that a fixed controller has to make: prescribed by the class or given by the user.
  public var givenPartition: Partition? {
    let space = searchSpace
    return policyClass.settledDecisions(on: architecture)
      ?? fixedPartition.flatMap {
        Partition(text: $0, edgeCount: space.decisionCount, classCount: space.choiceCount)
      }
  }
}
