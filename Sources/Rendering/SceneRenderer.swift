import CMuJoCo
import CMuJoCoGuard
import Environments

/// Draws the states of one environment. Belongs to the thread that made it, where there may be several.
package final class SceneRenderer {
  private let environment: any PhysicalEnvironment
  private let context: OffscreenContext
  private let renderer: OpaquePointer
  private var camera: mjvCamera
  private var frame: Frame

  /// A renderer of pictures of the given size, seen by the model's camera of that name, or if there
  /// is no name by one that follows the robot from where it stands now.
  package init(
    of environment: any PhysicalEnvironment, camera name: String?, width: Int, height: Int
  ) throws(RenderingError) {
    self.environment = environment
    camera = try Self.camera(name, environment)
    context = try OffscreenContext()
    var failure: UnsafePointer<CChar>?
    guard
      let renderer = guarded_make_renderer(
        environment.model, Int32(width), Int32(height), &failure)
    else {
      let reason = failure.map { String(cString: $0) } ?? "no reason given"
      throw RenderingError(.unavailable, "MuJoCo cannot draw with libOSMesa: \(reason)")
    }
    self.renderer = renderer
    frame = Frame(width: width, height: height)
  }

  deinit {
    context.use()
    withExtendedLifetime(context) { free_renderer(renderer) }
  }

  /// Puts the camera that follows the robot where it fits the present state.
  package func frameRobot() {
    guard camera.type == Int32(mjCAMERA_TRACKING.rawValue) else { return }
    camera = Self.following(environment)
  }

  /// A picture of the environment's present state.
  package func draw() throws(RenderingError) -> Frame {
    context.use()
    let failure = frame.pixels.withUnsafeMutableBufferPointer { pixels in
      pixels.baseAddress.flatMap { guarded_draw(renderer, environment.data, &camera, $0) }
    }
    if let failure {
      throw RenderingError(.unavailable, "MuJoCo cannot draw: \(String(cString: failure))")
    }
    var upright = frame
    upright.flip()
    return upright
  }
}
