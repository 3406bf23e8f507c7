import ChromaticPolicy
import ReadableNumbers

/// The partition figure for a terminal: two matrix rows a line in colour, one letter an edge without.
public struct PartitionTerminalView: Sendable {
  private let policy: Policy
  private let palette: ClassPalette
  private let symbols: [String]

  /// A view of the given policy's partition.
  public init(_ policy: Policy) {
    self.policy = policy
    let classes = policy.partition.classCount
    palette = ClassPalette(count: classes)
    symbols = Self.symbols(classes)
  }

  /// The matrices and then the classes, as lines of at most `width` columns.
  public func lines(width: Int, colour: TerminalColour, legend: Bool = true) -> [String] {
    var lines: [String] = []
    for (number, matrix) in policy.matrices.enumerated() {
      let columns = matrix.first?.count ?? 0
      let cellWidth = colour == .none ? symbols.first?.count ?? 1 : 1
      let shown = max(0, min(columns, width / cellWidth))
      var heading = "Matrix \(number + 1): \(columns) × \(matrix.count)"
      if shown < columns { heading += ", the first \(shown) columns" }
      lines.append(String(heading.prefix(max(0, width))))
      let cut = matrix.map { Array($0.prefix(shown)) }
      lines += colour == .none ? letters(cut) : halfBlocks(cut, colour: colour)
      lines.append("")
    }
    return lines + (legend ? listing(width: width, colour: colour) : [])
  }

  private func letters(_ matrix: [[Int]]) -> [String] {
    let gap = String(repeating: " ", count: (symbols.first?.count ?? 1) - 1) + "·"
    return matrix.map { row in
      row.map { $0 == Int(Partition.removed) ? gap : symbols[$0] }.joined()
    }
  }

  /// Upper half blocks: the foreground is the upper row, the background the lower.
  private func halfBlocks(_ matrix: [[Int]], colour: TerminalColour) -> [String] {
    stride(from: 0, to: matrix.count, by: 2).map { row in
      var line = ""
      var last: (upper: Int, lower: Int?)?
      for (column, upper) in matrix[row].enumerated() {
        let lower = row + 1 < matrix.count ? matrix[row + 1][column] : nil
        if last?.upper != upper { line += colour.sequence(shade(upper)) }
        if let lower, last?.lower != lower {
          line += colour.sequence(shade(lower), background: true)
        }
        line += "▀"
        last = (upper, lower)
      }
      return line + colour.reset
    }
  }

  /// The colour of a class, or of the gap that a removed edge leaves.
  private func shade(_ index: Int) -> Colour {
    index == Int(Partition.removed) ? .dark : palette.colours[index]
  }

  private func listing(width: Int, colour: TerminalColour) -> [String] {
    let numbers = columnOf(symbols)
    let weights = columnOf(policy.sharedWeights.map { $0.text(decimals: 3) })
    let edges = columnOf(policy.partition.classSizes.map(\.grouped))
    let entries = zip(numbers, zip(weights, edges)).enumerated().map { number, entry in
      let text = "\(entry.0)  \(entry.1.0)  \(entry.1.1) edges"
      guard colour != .none else { return (text: text, length: text.count) }
      let swatch = colour.sequence(palette.colours[number]) + "██" + colour.reset
      return (text: "\(swatch) \(text)", length: text.count + 3)
    }
    guard let length = entries.first?.length, length <= width, entries.count <= ClassListing.longest
    else {
      return []
    }
    let perLine = (width + 3) / (length + 3)
    return stride(from: 0, to: entries.count, by: perLine).map { start in
      entries[start..<min(start + perLine, entries.count)].map(\.text).joined(separator: "   ")
    }
  }

  /// `cells` padded on the left to one width.
  private func columnOf(_ cells: [String]) -> [String] {
    let width = cells.map(\.count).max() ?? 0
    return cells.map { String(repeating: " ", count: width - $0.count) + $0 }
  }

  /// One character a class as long as letters last, else its number with a space before it.
  private static func symbols(_ classes: Int) -> [String] {
    let letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)
    guard classes > letters.count else { return Array(letters.prefix(classes)) }
    let width = "\(classes - 1)".count + 1
    return (0..<classes).map { String(repeating: " ", count: width - "\($0)".count) + "\($0)" }
  }
}
