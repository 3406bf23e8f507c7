extension FakeServer {
  /// What the server sends for one command.
  package struct Answer: Sendable {
    /// The bytes, whether they follow the protocol or not.
    package var bytes: [UInt8]
    /// Whether the server hangs up behind them.
    package var isLast: Bool

    /// An answer of `bytes`.
    package init(_ bytes: [UInt8], isLast: Bool = false) {
      self.bytes = bytes
      self.isLast = isLast
    }
  }
}
