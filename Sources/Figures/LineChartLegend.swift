/// Where the names of a line chart's series and marks stand: rows, as many as they need.
struct LineChartLegend {
  /// What a swatch shows.
  enum Subject {
    /// The series of that number.
    case series(Int)
    /// Marks of that form.
    case marks(LineChart.Marks.Form)
  }

  /// A name with the left end of its swatch.
  struct Entry {
    let subject: Subject
    let name: String
    let x: Double
    let y: Double
  }

  /// In reading order; series without data are left out.
  let entries: [Entry]
  /// Pixels below the first row that further rows take.
  let growth: Double

  private static let left = 32.0
  private static let top = 98.0
  private static let rowHeight = 22.0
  /// Pixels of a swatch with the space after it, and of a letter.
  private static let swatch = 34.0
  private static let letter = 7.2

  /// The legend of a chart whose series have the given stretches; no name goes beyond `right`.
  init(_ chart: LineChart, stretches: [[[(step: Int, value: Double)]]], right: Double) {
    var names = chart.series.enumerated().filter { !stretches[$0.offset].isEmpty }.map {
      (subject: Subject.series($0.offset), name: $0.element.name)
    }
    if let marks = chart.marks, !marks.steps.isEmpty {
      names.append((.marks(marks.form), marks.name))
    }
    var (x, row) = (Self.left, 0)
    var entries: [Entry] = []
    for (subject, name) in names {
      let width = Self.swatch + Self.letter * Double(name.count)
      if x > Self.left, x + width > right { (x, row) = (Self.left, row + 1) }
      let y = Self.top + Self.rowHeight * Double(row)
      entries.append(Entry(subject: subject, name: name, x: x, y: y))
      x += width + 24
    }
    self.entries = entries
    growth = Self.rowHeight * Double(row)
  }
}
