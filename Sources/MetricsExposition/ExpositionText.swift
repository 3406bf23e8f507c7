/// Samples in Prometheus' text exposition format 0.0.4; the same samples give the same bytes.
struct ExpositionText {
  /// The content type under which it is served.
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// The value of a series.
  struct Sample {
    var series: MetricRegistry.Series
    var number: SeriesValue.Number
  }

  let text: String

  /// The samples' text: families by name, the samples of each by their labels.
  init(_ samples: [Sample], of families: [String: MetricFamily]) {
    var lines: [String] = []
    let groups = Dictionary(grouping: samples, by: \.series.name)
    for (name, samples) in groups.sorted(by: { $0.key < $1.key }) {
      guard let family = families[name] else { continue }
      lines.append("# HELP \(name) \(Self.escaped(family.help))")
      lines.append("# TYPE \(name) \(family.kind.rawValue)")
      lines += samples.map(Self.line).sorted()
    }
    text = lines.map { $0 + "\n" }.joined()
  }

  private static func line(_ sample: Sample) -> String {
    let labels = sample.series.labels.map { label in
      #"\#(label.name)="\#(escaped(label.value).replacing("\"", with: "\\\""))""#
    }
    let list = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
    return "\(sample.series.name)\(list) \(text(sample.number))"
  }

  private static func text(_ number: SeriesValue.Number) -> String {
    switch number {
    case .whole(let number): "\(number)"
    case .real(let number) where number.isNaN: "NaN"
    case .real(.infinity): "+Inf"
    case .real(-.infinity): "-Inf"
    case .real(let number): "\(number)"
    }
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
  }
}

extension MetricRegistry {
  /// The content type under which `text` is served.
  public static var contentType: String { ExpositionText.contentType }
}
