import Environments
import RunPlan

/// How the pictures of a film are made, whatever it shows.
struct FilmSettings {
  /// The model's camera; nil for one that follows the robot.
  var camera: String?
  /// Pixels in a row of one scene.
  var width: Int
  /// Rows of pixels.
  var height: Int
  /// Pictures per second of simulated time, at most.
  var framesPerSecond: Int
  /// Environment steps after which a scene ends; nil for the episode's end.
  var steps: Int?

  /// The steps of a scene in `environment`, at most.
  func horizon(_ environment: any PhysicalEnvironment) -> Int {
    min(steps ?? environment.horizon, environment.horizon)
  }

  /// As many steps between pictures as a film in real time may have.
  func stepsPerFrame(_ environment: any PhysicalEnvironment) -> Int {
    let steps = (1 / (Double(framesPerSecond) * environment.stepDuration)).rounded()
    return Int(max(1, min(steps, Double(horizon(environment)))))
  }

  /// How long a picture stays.
  func secondsPerFrame(_ environment: any PhysicalEnvironment) -> Double {
    Double(stepsPerFrame(environment)) * environment.stepDuration
  }
}
