import Foundation

/// A physical state to replay from, in MuJoCo's generalised coordinates.
public struct ReplayState: Sendable, Hashable, Codable {
  /// Positions, length nq.
  public let qpos: [Double]
  /// Velocities, length nv.
  public let qvel: [Double]

  /// A state with the given coordinates.
  public init(qpos: [Double], qvel: [Double]) {
    self.qpos = qpos
    self.qvel = qvel
  }

  /// The state in a JSON object with `qpos` and `qvel`; `source` names it in errors.
  public init(json: String, source: String) throws(EnvironmentError) {
    do {
      self = try JSONDecoder().decode(ReplayState.self, from: Data(json.utf8))
    } catch {
      throw EnvironmentError(
        .invalidReplay,
        "\(source): expected one JSON object with \"qpos\" and \"qvel\", two arrays of numbers")
    }
  }

  func checkSizes(_ environment: any StatefulEnvironment) throws(EnvironmentError) {
    guard qpos.count == environment.positionSize, qvel.count == environment.velocitySize else {
      throw EnvironmentError(
        .invalidReplay,
        "the state has \(qpos.count) qpos and \(qvel.count) qvel; \(environment.id) has "
          + "\(environment.positionSize) and \(environment.velocitySize)")
    }
  }
}
