/// Upper bounds of the bytes that a run holds in a server.
public struct MemoryFootprint: Sendable, Hashable {
  /// Its largest publication: a batch of partitions.
  public var batch: Int
  /// All its keys.
  public var total: Int

  /// A footprint with the given parts.
  public init(batch: Int, total: Int) {
    self.batch = batch
    self.total = total
  }
}
