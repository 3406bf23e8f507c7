import RunQueue

/// What controllers and aggregators ask for before they work; documented in `RunStore`.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RedisRunStore {
  public func lead(
    _ role: LeaderRole, as name: String, lease seconds: Double
  ) throws(StoreError) -> Leader {
    guard let leader = try lead([role.rawValue, name, seconds.formatted]) else {
      throw .incompatible("script lead left nobody in the lead, which this version does not know")
    }
    return leader
  }

  public func resign(_ role: LeaderRole, as name: String) throws(StoreError) {
    _ = try run(.resign, keys: [keys.leaders], [role.rawValue, name])
  }

  public func leader(of role: LeaderRole) throws(StoreError) -> Leader? {
    try lead([role.rawValue, "", "0"])
  }

  private func lead(_ arguments: [String]) throws(StoreError) -> Leader? {
    let outcome = try run(.lead, keys: [keys.leaders], arguments)
    if outcome.word == "none" { return nil }
    let values = Array(outcome.values)
    guard outcome.word == "leader", values.count == 2, let seconds = Double(values[1]),
      seconds.isFinite, seconds >= 0
    else {
      throw outcome.unexpected(from: .lead)
    }
    return Leader(name: values[0], seconds: seconds)
  }
}
