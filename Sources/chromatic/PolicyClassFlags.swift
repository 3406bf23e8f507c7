import ArgumentParser
import ChromaticPolicy

/// A policy class as the words after one flag name it.
protocol PolicyClassWord: RawRepresentable<String>, CaseIterable, ExpressibleByArgument {
  static var flag: PolicyClass.Flag { get }
  var policyClass: PolicyClass { get }
  init(policyClass: PolicyClass)
}

extension PolicyClassWord {
  init?(rawValue: String) {
    guard let named = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = named
  }

  var rawValue: String { policyClass.word(after: Self.flag) ?? "" }

  static var allCases: [Self] {
    PolicyClass.allCases.filter { $0.word(after: flag) != nil }.map(Self.init(policyClass:))
  }

  static var allValueDescriptions: [String: String] {
    allCases.reduce(into: [:]) { $0[$1.rawValue] = $1.policyClass.summary }
  }
}

/// The values of `--policy`.
struct BaselinePolicy: PolicyClassWord {
  static let flag = PolicyClass.Flag.policy
  let policyClass: PolicyClass
}

/// The values of `--search-space`.
struct SearchSpaceChoice: PolicyClassWord {
  static let flag = PolicyClass.Flag.searchSpace
  let policyClass: PolicyClass
}
