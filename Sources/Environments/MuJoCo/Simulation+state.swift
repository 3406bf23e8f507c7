import CMuJoCo

extension PhysicsModel {
  /// How many numbers a part of the state has.
  func size(of component: StateComponent) -> Int {
    Int(mj_stateSize(pointer, component.signature))
  }

  /// The places in `history` that say which of `count` samples is the newest: MuJoCo writes where
  /// they point.
  var historyCursors: [(place: Int, count: Int)] {
    let model = pointer.pointee
    let actuators = (0..<Int(model.nu)).map {
      (model.actuator_historyadr[$0], model.actuator_history[2 * $0])
    }
    let sensors = (0..<Int(model.nsensor)).map {
      (model.sensor_historyadr[$0], model.sensor_history[2 * $0])
    }
    return (actuators + sensors).filter { $0.0 >= 0 }.map { (Int($0.0) + 1, Int($0.1)) }
  }
}

extension Simulation {
  /// All that the next steps follow from; parts that the model does not have are left out.
  var state: ReplayState {
    ReplayState(
      StateComponent.allCases.reduce(into: [:]) { parts, component in
        var values = [Double](repeating: 0, count: model.size(of: component))
        guard !values.isEmpty else { return }
        mj_getState(model.pointer, data, &values, component.signature)
        parts[component] = values
      })
  }

  /// Writes the parts that `state` has, each of the model's size.
  func write(_ state: ReplayState) {
    for (component, values) in state.parts {
      precondition(values.count == model.size(of: component))
      mj_setState(model.pointer, data, values, component.signature)
    }
  }

  /// Throws if the history in `state` would have MuJoCo write beside it.
  func checkHistory(_ state: ReplayState) throws(EnvironmentFailure) {
    guard let history = state.parts[.history] else { return }
    for (place, count) in model.historyCursors {
      guard let cursor = Int(exactly: history[place]), (0..<count).contains(cursor) else {
        throw EnvironmentFailure(
          "number \(place + 1) of history is \(history[place]), expected a whole number from 0 to "
            + "\(count - 1)")
      }
    }
  }
}
