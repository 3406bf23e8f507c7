/// Columns of text for a terminal or a pipe.
enum TextTable {
  /// One row: the first column flush left, the others flush right.
  static func row(_ cells: [String], widths: [Int]) -> String {
    var line = ""
    for (number, cell) in cells.enumerated() {
      let padding = String(repeating: " ", count: max(0, widths[number] - cell.count))
      line += number == 0 ? cell + padding : padding + cell
    }
    return line
  }

  /// Rows whose columns are all flush left, two spaces between.
  static func leftLines(_ rows: [[String]]) -> [String] {
    guard let first = rows.first else { return [] }
    let widths = first.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      return cells.dropLast().joined(separator: "  ") + "  " + (row.last ?? "")
    }
  }

  /// As `lines`, with a last column of text: flush left, and gone where no row but the first has any.
  static func linesWithText(_ rows: [[String]]) -> [String] {
    let hasText = rows.dropFirst().contains { !($0.last ?? "").isEmpty }
    return zip(lines(rows.map { $0.dropLast() }), rows).map { line, row in
      guard hasText, let text = row.last, !text.isEmpty else { return line }
      return "\(line)  \(text)"
    }
  }

  /// Rows with columns as wide as their widest cell and two spaces between.
  static func lines(_ rows: [[String]]) -> [String] {
    guard let first = rows.first else { return [] }
    let widths = first.indices.map { column in
      (rows.map { $0[column].count }.max() ?? 0) + (column == 0 ? 0 : 2)
    }
    return rows.map { row($0, widths: widths) }
  }
}
