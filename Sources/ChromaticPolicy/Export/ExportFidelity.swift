/// How far an exported form of a policy acts from the policy itself.
///
/// Exports narrow numbers: to half and single precision, to 16.16 fixed point. Whether that matters depends on
/// the policy, most of all on how small an observation's deviation is beside its mean; so it is measured,
/// over observations at one and at three deviations from their means.
public struct ExportFidelity: Sendable {
  /// The largest error of an action component, of −1 to 1, that an export may have.
  public static let limit = 0.02
  /// From this error on an export takes a wider form if it has one.
  static let narrowLimit = 0.01

  private let policy: Policy
  private let observations: [[Double]]

  /// A measure for `policy`.
  ///
  /// - Parameters:
  ///   - policy: what is exported.
  ///   - inputs: normalised observations of unit deviation.
  public init(_ policy: Policy, inputs: [[Double]]) {
    self.policy = policy
    let normalisation = policy.normalisation
    observations = [1.0, 3.0].flatMap { reach in
      inputs.map { input in
        input.indices.map {
          normalisation.mean[$0] + reach * input[$0] * normalisation.deviation[$0]
        }
      }
    }
  }

  /// The largest error of the compiled C file, whose operations are repeated here.
  public func error(of arithmetic: CSource.Arithmetic) -> Double {
    switch arithmetic {
    case .float: largestError(FloatNetwork(policy).act)
    case .fixed:
      // A caller has no way to hand over what 16.16 does not hold.
      observations.joined().allSatisfy(FixedNetwork.holds)
        ? largestError(FixedNetwork(policy).act) : .infinity
    }
  }

  /// The largest error of what a compact file holds.
  public func error(of contents: CompactPolicy.Contents) -> Double {
    let network = PolicyNetwork(contents.architecture)
    network.load(
      parameters: contents.parameters, partition: contents.partition,
      normalisation: contents.normalisation)
    return largestError(network.action)
  }

  /// Infinite where an action is no number.
  private func largestError(_ act: ([Double]) -> [Double]) -> Double {
    let network = policy.network()
    return observations.reduce(0) { worst, observation in
      zip(network.action(on: observation), act(observation)).reduce(worst) {
        let error = ($1.0 - $1.1).magnitude
        return error.isNaN ? .infinity : max($0, error)
      }
    }
  }
}

extension PolicyNetwork {
  /// The action on one observation.
  fileprivate func action(on observation: [Double]) -> [Double] {
    var action = [Double](repeating: 0, count: architecture.actionSize)
    observation.withUnsafeBufferPointer { x in
      action.withUnsafeMutableBufferPointer { act(on: x, action: $0) }
    }
    return action
  }
}
