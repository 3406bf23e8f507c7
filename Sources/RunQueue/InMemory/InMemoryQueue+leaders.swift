/// What the controllers and aggregators of a queue ask for before they work.
extension InMemoryQueue {
  mutating func lead(
    _ role: LeaderRole, as name: String, at now: Double, until expiry: Double
  ) -> Leader {
    if let leader = leader(of: role, at: now), leader.name != name { return leader }
    leaders[role] = Lead(name: name, expiry: expiry)
    return Leader(name: name, seconds: expiry - now)
  }

  mutating func resign(_ role: LeaderRole, as name: String) {
    if leaders[role]?.name == name { leaders[role] = nil }
  }

  func leader(of role: LeaderRole, at now: Double) -> Leader? {
    guard let lead = leaders[role], lead.expiry > now,
      lead.expiry <= now + Self.longest
    else { return nil }
    return Leader(name: lead.name, seconds: lead.expiry - now)
  }

  /// Whether a caller that has to lead does not; one without a name does not have to.
  func isDisplaced(_ name: String?, from role: LeaderRole) -> Bool {
    name != nil && leaders[role]?.name != name
  }
}
