import Foundation

/// Threads whose start may fail: Foundation's `Thread` says nothing when there will be none.
enum WorkerThread {
  /// Bytes of stack, enough for simulators.
  static let stackSize = 8 << 20

  /// What a thread runs, on its way there.
  private final class Work: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Runs `work` on a thread of its own that nobody joins.
  static func start(_ name: String, _ work: @escaping @Sendable () -> Void) throws(NoThread) {
    let thread = try create {
      Thread.current.name = name
      work()
    }
    pthread_detach(thread)
  }

  /// How many of `count` threads can be started beside those there are.
  static func startable(_ count: Int) -> Int {
    let gate = DispatchSemaphore(value: 0)
    var threads: [pthread_t] = []
    while threads.count < count, let thread = try? create({ gate.wait() }) {
      threads.append(thread)
    }
    for _ in threads { gate.signal() }
    for thread in threads { pthread_join(thread, nil) }
    return threads.count
  }

  private static func create(_ work: @escaping @Sendable () -> Void) throws(NoThread) -> pthread_t {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    var thread = pthread_t()
    let passed = Unmanaged.passRetained(Work(work))
    let code = pthread_create(
      &thread, &attributes,
      { pointer in
        if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run() }
        return nil
      }, passed.toOpaque())
    guard code == 0 else {
      passed.release()
      throw NoThread(reason: String(cString: strerror(code)))
    }
    return thread
  }
}

/// The system gives this process no more threads.
public struct NoThread: Error, Sendable, Hashable, CustomStringConvertible {
  /// The system's own words.
  public let reason: String

  /// One line.
  public var description: String {
    "the system gives this process no more threads (\(reason)): \(SlotCount.limits)"
  }
}
