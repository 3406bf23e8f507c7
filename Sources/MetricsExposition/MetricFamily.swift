/// A metric as Prometheus knows it: its name, kind and help.
public struct MetricFamily: Sendable, Hashable {
  /// How its values are to be read.
  public enum Kind: String, Sendable, Hashable {
    /// A total that grows, and starts again at zero when its source does.
    case counter
    /// A value of the moment.
    case gauge
  }

  /// Letters, digits and underscores, by Prometheus' conventions: a prefix, what it is, its unit.
  public var name: String
  /// How its values are to be read.
  public var kind: Kind
  /// One line for people.
  public var help: String

  /// A family with the given parts.
  public init(_ name: String, _ kind: Kind, help: String) {
    self.name = name
    self.kind = kind
    self.help = help
  }
}
