import CoreMetrics
import Synchronization

/// Where swift-metrics' counters and gauges end up, to be read as Prometheus' text.
///
/// It keeps what its families describe; other labels, distributions and timers are dropped. A metric
/// nobody has given a value is absent.
public final class MetricRegistry: MetricsFactory {
  private let families: [String: MetricFamily]
  private let series = Mutex<[Series: SeriesValue]>([:])

  /// A registry of the families, which all have different names.
  public init(_ families: [MetricFamily]) {
    self.families = Dictionary(uniqueKeysWithValues: families.map { ($0.name, $0) })
  }

  /// A name with its labels, sorted.
  struct Series: Hashable {
    var name: String
    var labels: [Label]

    struct Label: Hashable {
      var name: String
      var value: String
    }
  }

  /// A counter as swift-metrics asks for it.
  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    value(label, dimensions, .counter) ?? NOOPMetricsHandler.instance
  }

  /// A gauge as swift-metrics asks for it; distributions are dropped.
  public func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    (aggregate ? nil : value(label, dimensions, .gauge)) ?? NOOPMetricsHandler.instance
  }

  /// Timers are dropped.
  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    NOOPMetricsHandler.instance
  }

  /// Removes the counter's series.
  public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }

  /// Removes the gauge's series.
  public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }

  /// Nothing is kept of timers.
  public func destroyTimer(_ handler: any TimerHandler) {}

  private func value(
    _ name: String, _ dimensions: [(String, String)], _ kind: MetricFamily.Kind
  ) -> SeriesValue? {
    guard families[name]?.kind == kind else { return nil }
    let labels = dimensions.map { Series.Label(name: $0, value: $1) }.sorted { $0.name < $1.name }
    return series.withLock { series in
      let key = Series(name: name, labels: labels)
      let value = series[key] ?? SeriesValue()
      series[key] = value
      return value
    }
  }

  private func remove(_ handler: AnyObject) {
    series.withLock { series in
      guard let key = series.first(where: { $0.value === handler })?.key else { return }
      series[key] = nil
    }
  }

  /// All values, by name and labels, in the text format 0.0.4.
  public var text: String {
    let samples = series.withLock { series in
      series.compactMap { key, value in
        value.number.map { ExpositionText.Sample(series: key, number: $0) }
      }
    }
    return ExpositionText(samples, of: families).text
  }
}

/// The value of one series.
final class SeriesValue: CounterHandler, RecorderHandler {
  private let value = Mutex<Number?>(nil)

  /// A whole or a real number, nil where none was given yet.
  var number: Number? { value.withLock { $0 } }

  enum Number: Sendable, Hashable {
    case whole(Int64)
    case real(Double)
  }

  func increment(by amount: Int64) {
    value.withLock { value in
      guard case .whole(let former) = value else { return value = .whole(amount) }
      value = .whole(former.addingReportingOverflow(amount).partialValue)
    }
  }

  func reset() { value.withLock { $0 = .whole(0) } }

  func record(_ number: Int64) { value.withLock { $0 = .whole(number) } }

  func record(_ number: Double) { value.withLock { $0 = .real(number) } }
}
