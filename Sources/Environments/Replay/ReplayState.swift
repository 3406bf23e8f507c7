import Foundation
import StrictJSON

/// A physical state to replay from: all of MuJoCo's state, or parts of it.
public struct ReplayState: Sendable, Hashable {
  /// The parts that are given, by what they are.
  public let parts: [StateComponent: [Double]]

  /// Positions, length nq.
  public var qpos: [Double] { parts[.positions] ?? [] }
  /// Velocities, length nv.
  public var qvel: [Double] { parts[.velocities] ?? [] }

  /// A state of nothing but the given coordinates.
  public init(qpos: [Double], qvel: [Double]) {
    self.init([.positions: qpos, .velocities: qvel])
  }

  /// A state with the given parts.
  public init(_ parts: [StateComponent: [Double]]) {
    self.parts = parts
  }

  /// The state in a JSON object with `qpos`, `qvel` and whatever else of the state is known, by the
  /// names of MuJoCo's fields; `source` names it in errors.
  public init(json: String, source: String) throws(EnvironmentError) {
    let found: [String: Numbers]?
    do {
      found = try StrictJSON.decode([String: Numbers].self, from: Data(json.utf8))
    } catch let error as any JSONFault {
      throw EnvironmentError(.invalidReplay, "\(source): \(error)")
    } catch {
      found = nil
    }
    guard let fields = found, fields["qpos"] != nil, fields["qvel"] != nil else {
      throw EnvironmentError(
        .invalidReplay,
        "\(source): expected one JSON object with \"qpos\" and \"qvel\", two arrays of numbers, "
          + "and arrays for other parts of the state")
    }
    var parts: [StateComponent: [Double]] = [:]
    for (name, numbers) in fields.sorted(by: { $0.key < $1.key }) {
      guard let component = StateComponent(rawValue: name) else {
        throw EnvironmentError(
          .invalidReplay, "\(source): a state has no \(name): \(Self.names(name))")
      }
      parts[component] = numbers.values
    }
    self.init(parts)
  }

  func checkSizes(_ environment: any StatefulEnvironment) throws(EnvironmentError) {
    guard qpos.count == environment.positionSize, qvel.count == environment.velocitySize else {
      throw EnvironmentError(
        .invalidReplay,
        "the state has \(qpos.count) qpos and \(qvel.count) qvel; \(environment.id) has "
          + "\(environment.positionSize) and \(environment.velocitySize)")
    }
    for component in StateComponent.allCases {
      let (size, expected) = (parts[component]?.count, environment.stateSize(of: component))
      guard size == nil || size == expected else {
        throw EnvironmentError(
          .invalidReplay,
          "the state has \(size ?? 0) numbers of \(component.rawValue); \(environment.id) has "
            + "\(expected)")
      }
    }
  }

  /// What may have been meant by an unknown part.
  private static func names(_ unknown: String) -> String {
    let names = StateComponent.allCases.map(\.rawValue)
    let matches = SpellingDistance.closeMatches(to: unknown, among: names)
    let question = matches.isEmpty ? "" : "did you mean \(matches.joined(separator: " or "))? "
    return question + "it has \(names.joined(separator: ", "))"
  }
}

/// An array of numbers, or one number as `time` is written.
private struct Numbers: Decodable {
  let values: [Double]

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      values = [number]
    } else {
      values = try container.decode([Double].self)
    }
  }
}
