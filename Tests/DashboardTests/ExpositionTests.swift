import CoreMetrics
import Foundation
import MetricsExposition
import Testing

@Suite struct ExpositionTests {
  private let registry = MetricRegistry([
    MetricFamily("a_total", .counter, help: "Things, \\ or\nlines."),
    MetricFamily("b_seconds", .gauge, help: "A time."),
  ])

  @Test func `values stand by name and labels, each family with help and type`() {
    Gauge(label: "b_seconds", dimensions: [("x", "2")], factory: registry).record(0.5)
    Gauge(label: "b_seconds", dimensions: [("x", "1")], factory: registry).record(3)
    Counter(label: "a_total", factory: registry).increment(by: 2)
    Counter(label: "a_total", factory: registry).increment()
    #expect(
      registry.text == #"""
        # HELP a_total Things, \\ or\nlines.
        # TYPE a_total counter
        a_total 3
        # HELP b_seconds A time.
        # TYPE b_seconds gauge
        b_seconds{x="1"} 3
        b_seconds{x="2"} 0.5

        """#)
  }

  @Test func `labels are escaped and in the order of their names`() {
    let labels = [("z", "1"), ("a", "quote \" slash \\ line\n")]
    Gauge(label: "b_seconds", dimensions: labels, factory: registry).record(1)
    Gauge(label: "b_seconds", dimensions: labels.reversed(), factory: registry).record(2)
    #expect(
      registry.text.contains(#"b_seconds{a="quote \" slash \\ line\n",z="1"} 2"# + "\n"))
    #expect(registry.text.split(separator: "\n").count == 3)
  }

  @Test(arguments: [
    (Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (1e21, "1e+21"),
    (-0.25, "-0.25"),
  ])
  func `a number stands as Prometheus reads it`(number: Double, text: String) {
    Gauge(label: "b_seconds", factory: registry).record(number)
    #expect(registry.text.hasSuffix("b_seconds \(text)\n"))
  }

  @Test func `what has no value, no family or another kind is absent`() {
    _ = Gauge(label: "b_seconds", factory: registry)
    Gauge(label: "unknown", factory: registry).record(1)
    Gauge(label: "a_total", factory: registry).record(1)
    Timer(label: "b_seconds", factory: registry).recordSeconds(1)
    Recorder(label: "b_seconds", factory: registry).record(1)
    #expect(registry.text.isEmpty)
  }

  @Test func `what is destroyed is absent again`() {
    let gauge = Gauge(label: "b_seconds", factory: registry)
    gauge.record(1)
    gauge.destroy()
    let counter = Counter(label: "a_total", factory: registry)
    counter.increment()
    counter.reset()
    #expect(registry.text.hasSuffix("a_total 0\n") && !registry.text.contains("b_seconds"))
  }
}
