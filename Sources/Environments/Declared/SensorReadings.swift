import CMuJoCo

/// What a declared task takes of its model's sensors: observations, and rewards by weight.
struct SensorReadings: Sendable {
  /// Places in `sensordata` that are observed, in order.
  let observed: [Int]
  /// Places in `sensordata` that are rewarded, each by its weight, which is not 0.
  let rewarded: [(place: Int, weight: Double)]

  /// Reads `observe_sensors` and `sensor_rewards.NAME`, `sensor_rewards.NAME.0`, … where a sensor has several
  /// numbers; a model without sensors has neither option.
  init(_ options: inout EnvironmentOptions, _ model: PhysicsModel) throws(EnvironmentError) {
    let sensors = model.sensors
    guard !sensors.isEmpty else {
      (observed, rewarded) = ([], [])
      return
    }
    let named = sensors.filter { !$0.name.isEmpty }
    let names = ["none", "all"] + named.map(\.name)
    observed = try options.read(
      "observe_sensors", [], standardText: "none",
      expected:
        "none, all, or names with commas between: \(names.dropFirst(2).joined(separator: ", "))"
    ) { text in
      switch text {
      case "none": return []
      case "all": return sensors.flatMap(\.numbers)
      default:
        let wanted = text.split(separator: ",", omittingEmptySubsequences: false)
        let found = wanted.compactMap { name in named.first { $0.name == name } }
        return found.count == wanted.count ? found.flatMap(\.numbers) : nil
      }
    }
    var rewarded: [(place: Int, weight: Double)] = []
    for sensor in named {
      for (number, place) in sensor.numbers.enumerated() {
        let name = sensor.numbers.count == 1 ? sensor.name : "\(sensor.name).\(number)"
        let weight = try options.number("sensor_rewards.\(name)", 0)
        if weight != 0 { rewarded.append((place, weight)) }
      }
    }
    self.rewarded = rewarded
  }

  /// What the sensors' numbers are worth.
  func reward(_ simulation: Simulation) -> Double {
    rewarded.reduce(0) { $0 + $1.weight * simulation.data.pointee.sensordata[$1.place] }
  }

  /// Writes the observed numbers.
  func observe(
    _ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>.SubSequence
  ) {
    var observation = observation
    for (index, place) in zip(observation.indices, observed) {
      observation[index] = simulation.data.pointee.sensordata[place]
    }
  }
}
