import Foundation
import Testing

/// README, CONTRIBUTING and docs point to what is there.
@Suite struct DocumentationTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  /// Markdown files for readers, by their path below the root; raw results are none.
  private static let pages: [String] = {
    let found = FileManager.default.enumerator(atPath: root.appending(path: "docs").path)
    let docs = (found?.allObjects as? [String] ?? []).filter {
      $0.hasSuffix(".md") && !$0.hasPrefix("results/raw/")
    }
    return ["README.md", "CONTRIBUTING.md"] + docs.map { "docs/\($0)" }.sorted()
  }()

  private static func text(_ page: String) throws -> String {
    try String(contentsOf: root.appending(path: page), encoding: .utf8)
  }

  @Test(arguments: pages) func `every relative link leads to a file`(page: String) throws {
    let folder = Self.root.appending(path: page).deletingLastPathComponent()
    for match in try Self.text(page).matches(of: /\]\((?<target>[^)\s]+)\)/) {
      let target = match.output.target.split(separator: "#", omittingEmptySubsequences: false)[0]
      guard !target.isEmpty, !target.contains("://") else { continue }
      let path = folder.appending(path: String(target)).standardized.path
      #expect(FileManager.default.fileExists(atPath: path), "\(page): \(target)")
    }
  }

  @Test(arguments: pages) func `every link to a section leads to its heading`(page: String) throws {
    let folder = Self.root.appending(path: page).deletingLastPathComponent()
    for match in try Self.text(page).matches(of: /\]\((?<file>[^)\s#]*)#(?<section>[^)\s]+)\)/) {
      let (file, section) = (match.output.file, String(match.output.section))
      guard !file.contains("://"), file.isEmpty || file.hasSuffix(".md") else { continue }
      let target =
        file.isEmpty
        ? Self.root.appending(path: page) : folder.appending(path: String(file)).standardized
      let sections = Self.sections(of: try String(contentsOf: target, encoding: .utf8))
      #expect(sections.contains(section), "\(page): \(file)#\(section)")
    }
  }

  /// How GitHub names the headings outside of code: in lower case, a dash for a space, without other signs.
  private static func sections(of text: String) -> Set<String> {
    let prose = text.replacing(/(?s)\n```.*?\n```/, with: "")
    return Set(
      prose.matches(of: /(?m)^#+ (?<heading>.*)$/).map { match in
        match.output.heading.lowercased().replacing(/\]\([^)]*\)/, with: "]")
          .filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
          .replacingOccurrences(of: " ", with: "-")
      })
  }

  @Test(arguments: pages) func `every run that is shown can be started`(page: String) async throws {
    // Of environments that this package has: Gymnasium's and own models are elsewhere, or made by the page.
    let shown = try Self.text(page).matches(
      of: /(?m)^ *(\$ )?chromatic (?<words>train [A-Z][^#\n]*)/
    )
    .map { $0.output.words.split(separator: " ").map(String.init) }
    .filter { !$0.contains { ["--resume", "--initial-policy", "\\"].contains($0) } }
    for words in shown {
      // Settings are judged before a directory is made that cannot be.
      let tool = try await Tool.run(words + ["--output", "/proc/run"])
      let ending = try await tool.ending()
      #expect(
        ending != .exited(code: 64), "\(page): \(words.joined(separator: " ")): \(tool.errors)")
      #expect(ending != .exited(code: 0))
    }
  }

  @Test(arguments: pages) func `every folder of the source that is named exists`(
    page: String
  ) throws {
    let pattern = /`(?<path>(Sources|Tests|Benchmarks|services|ops)\/[A-Za-z0-9_+.\/-]+)`/
    for match in try Self.text(page).matches(of: pattern) {
      let path = Self.root.appending(path: String(match.output.path)).path
      #expect(FileManager.default.fileExists(atPath: path), "\(page): \(match.output.path)")
    }
  }

  @Test(arguments: pages) func `every suite of tests that is named exists`(page: String) throws {
    let names = Set(
      try Self.text(page).matches(of: /\b([A-Z][A-Za-z]+Tests)\b/).map { String($0.output.1) })
    for name in names { #expect(Self.suites.contains(name), "\(page): \(name)") }
  }

  /// The names of all suites, which are their types', and of the folders they stand in.
  private static let suites: Set<String> = {
    let tests = root.appending(path: "Tests")
    let found = FileManager.default.enumerator(atPath: tests.path)?.allObjects as? [String] ?? []
    var names = Set(found.flatMap { $0.split(separator: "/").dropLast().map(String.init) })
    for file in found where file.hasSuffix(".swift") {
      let source = try? String(contentsOf: tests.appending(path: file), encoding: .utf8)
      let types = (source ?? "").matches(of: /\bstruct (?<name>[A-Za-z]+Tests)\b/)
      names.formUnion(types.map { String($0.output.name) })
    }
    return names
  }()
}
