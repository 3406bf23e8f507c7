import RunQueue

extension RunSnapshot {
  /// The same run with more iterations, to go on behind those that it has done.
  ///
  /// A finished run stands before what follows its last iteration again; its finalists go on to be compared.
  /// A return at which it was to end, and that it has reached, is none of its settings any more.
  /// Schedules that move and shares of the iterations go by the new count; a partition that is frozen stays so.
  ///
  /// - Parameter iterations: more than the run has.
  public func extended(to iterations: Int) throws(ExtensionError) -> RunSnapshot {
    let former: RunConfiguration
    let position: Position
    do {
      former = try RunConfiguration(fields(.config))
      position = try self.position()
    } catch {
      throw .damaged("\(error)")
    }
    guard iterations > former.iterations else {
      throw .tooFew(asked: iterations, planned: former.iterations)
    }
    guard position.phase != .failed, position.phase != .cancelled else {
      throw .isOver("the run is \(position.phase.rawValue)")
    }
    let compares = position.iteration >= former.iterations
    let latest = compares ? history.count - 1 : position.iteration
    var configuration = former.extended(to: iterations, standing: latest)
    // Or the run would end again at once.
    if compares, try hasReached(former) { configuration.stopAtReturn = nil }
    do {
      try configuration.validate()
    } catch {
      throw .invalid("\(error)")
    }
    var snapshot = self
    snapshot.hashes[RunHash.config.rawValue] = configuration.fields
    guard compares else { return snapshot }
    var state = fields(.state)
    state["phase"] = RunPhase.running.rawValue
    state["iteration"] = String(latest)
    state["expected"] = "0"
    state["message"] = ""
    state["parked"] = nil
    snapshot.hashes[RunHash.state.rawValue] = state
    snapshot.hashes[RunHash.checkpoint.rawValue]?[Finalists.policyField] = nil
    snapshot.returns = [:]
    return snapshot
  }
}

extension RunSnapshot {
  /// Whether the best policy seen has the mean return at which the run was to end.
  private func hasReached(_ configuration: RunConfiguration) throws(ExtensionError) -> Bool {
    guard configuration.stopAtReturn != nil else { return false }
    let names = Finalists.fieldNames(limit: configuration.finalists)
    do {
      return try Finalists(names.map { fields(.checkpoint)[$0] }, after: history.count)
        .reached(configuration) != nil
    } catch {
      throw .damaged("\(error)")
    }
  }
}

extension RunConfiguration {
  /// The configuration with more iterations, whose iteration `latest` is the last that was begun.
  ///
  /// What has happened by then stays: when latents were clustered, and when the partition was frozen.
  func extended(to count: Int, standing latest: Int) -> RunConfiguration {
    var extended = self
    extended.iterations = count
    guard var plan = clusteringPlan else { return extended }
    let (clusters, freezes) = (plan.clusters(in: iterations), plan.freezes(in: iterations))
    if latest >= freezes { plan.freezeAt = Double(freezes) / Double(count) }
    if latest >= clusters { plan.clusterAt = Double(clusters) / Double(count) }
    extended.clustering = plan
    return extended
  }
}

/// Why a run cannot have more iterations: one line.
public enum ExtensionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// It has as many already.
  case tooFew(asked: Int, planned: Int)
  /// It failed or was cancelled.
  case isOver(String)
  /// Its configuration or its state cannot be read.
  case damaged(String)
  /// With that many its settings do not go together.
  case invalid(String)

  /// The line.
  public var description: String {
    switch self {
    case .tooFew(let asked, let planned):
      "--iterations is \(asked), expected more than the \(planned) that the run has"
    case .isOver(let reason), .damaged(let reason), .invalid(let reason): reason
    }
  }
}
