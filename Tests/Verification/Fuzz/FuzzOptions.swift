import Foundation
import FuzzKit

/// What to run; a word that cannot be read ends the program with status 64.
struct FuzzOptions {
  var seed: UInt64 = 0
  var target: String?
  var single: Int?
  var share = 100
  /// The file in which a child of this program marks its case; nil in the parent.
  private(set) var mark: String?
  private var from = 0
  private var to: Int?

  init(_ words: ArraySlice<String>) {
    var words = words
    while let flag = words.popFirst() {
      let value = words.popFirst()
      switch (flag, value.flatMap { Int($0) }) {
      case ("--seed", let number?) where number >= 0: seed = UInt64(number)
      case ("--case", let number?) where (0..<Int(UInt32.max)).contains(number): single = number
      case ("--from", let number?): from = number
      case ("--to", let number?): to = number
      case ("--mark", _) where value != nil: mark = value
      case ("--share", let number?) where (1...10_000).contains(number): share = number
      case ("--target", _) where value.map(Self.isTarget) ?? false: target = value
      default: Self.refuse(flag)
      }
    }
  }

  /// The numbers of the cases of `target`.
  func cases(of target: FuzzTarget) -> Range<Int> {
    if let to, from < to { return from..<to }
    return single.map { $0..<$0 + 1 } ?? 0..<target.thousands * 10 * share
  }

  /// The targets to run.
  var targets: [FuzzTarget] {
    FuzzTarget.all.filter { found in target.map { $0 == found.name } ?? true }
  }

  private static func isTarget(_ name: String) -> Bool {
    FuzzTarget.all.contains { $0.name == name }
  }

  private static func refuse(_ flag: String) -> Never {
    let names = FuzzTarget.all.map(\.name).joined(separator: ", ")
    try? FileHandle.standardError.write(
      contentsOf: Data(
        ("\(flag) cannot be read: fuzz [--seed S] [--share PERCENT] [--target NAME [--case N]], "
          + "targets \(names)\n").utf8))
    exit(64)
  }
}
