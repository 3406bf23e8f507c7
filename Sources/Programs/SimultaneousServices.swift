import ServiceLifecycle

/// Services of one kind that begin and stop at once, where a group would stop one after the other.
///
/// An error of one stops the others and is thrown.
public struct SimultaneousServices: Service {
  let services: [BlockingService]

  /// - Parameter services: those that stop together.
  public init(_ services: [BlockingService]) {
    self.services = services
  }

  /// Runs all of them until each has stopped.
  public func run() async throws {
    try await withThrowingTaskGroup { group in
      for service in services {
        group.addTask { try await service.run() }
      }
      try await group.waitForAll()
    }
  }
}
