import Synchronization

/// Whether the queue may still hear that this evaluator lives.
///
/// A heartbeat that arrives after the last word would list an evaluator that is gone, until it has been silent for
/// long. So one of them speaks at a time, and nothing is said after the last word.
public final class SignOff: Sendable {
  private let isSaid = Mutex(false)

  /// Nothing was said yet.
  public init() {}

  /// Calls `beat` unless the last word was said.
  public func unlessSaid<Failure: Error>(_ beat: () throws(Failure) -> Void) throws(Failure) {
    try isSaid.withLock { (isSaid) throws(Failure) in
      if !isSaid { try beat() }
    }
  }

  /// Says the last word by `leave`, after which nothing is said.
  public func say<Failure: Error>(_ leave: () throws(Failure) -> Void) throws(Failure) {
    try isSaid.withLock { (isSaid) throws(Failure) in
      isSaid = true
      try leave()
    }
  }
}
