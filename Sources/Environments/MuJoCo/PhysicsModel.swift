import CMuJoCo
import CMuJoCoGuard
import Foundation
import Synchronization

/// A compiled MuJoCo model, loaded once a process and shared by all its simulations.
final class PhysicsModel: @unchecked Sendable {
  /// The MJCF file it was compiled from, or the name of the generated text.
  let path: String
  /// Never written after loading, which makes sharing it between threads safe.
  let pointer: UnsafePointer<mjModel>
  private let controlRanges: [(low: Double, high: Double)]

  /// A digest of all that was compiled, and the version of MuJoCo.
  var identity: String {
    let digest = digest_model(digest_of_nothing(), pointer)
    return String(format: "model %016lx", digest) + ", MuJoCo "
      + MuJoCoVersion.text(Int(mjVERSION_HEADER))
  }

  /// Number of position coordinates nq.
  var positionSize: Int { Int(pointer.pointee.nq) }
  /// Number of degrees of freedom nv.
  var velocitySize: Int { Int(pointer.pointee.nv) }
  /// Number of actuators nu.
  var controlSize: Int { Int(pointer.pointee.nu) }
  /// Seconds per `mj_step`.
  var timestep: Double { pointer.pointee.opt.timestep }

  /// Lowest and highest control of the actuator `index`; (−1, 1) where the model sets no limit.
  @inline(__always)
  func controlRange(_ index: Int) -> (low: Double, high: Double) {
    controlRanges[index]
  }

  private static let loaded = Mutex<[String: PhysicsModel]>([:])

  /// The model in the asset `file`, compiled on first use.
  static func shared(
    _ file: String, of assets: AssetSet = .standard
  ) throws(EnvironmentError) -> PhysicsModel {
    let path = try AssetDirectory.file(file, of: assets)
    return try shared(named: path) { () throws(EnvironmentError) in
      try PhysicsModel(path: path, remedy: assets.remedy)
    }
  }

  /// The model called `name`, compiled on first use.
  static func shared(
    named name: String, compile: () throws(EnvironmentError) -> PhysicsModel
  ) throws(EnvironmentError) -> PhysicsModel {
    try MuJoCoVersion.check()
    return try loaded.withLock { (models) throws(EnvironmentError) in
      if let model = models[name] { return model }
      let model = try compile()
      models[name] = model
      return model
    }
  }

  /// Compiles the MJCF file at `path`; `remedy` is what the error says to do about a damaged one.
  convenience init(
    path: String, remedy: String = AssetSet.standard.remedy
  ) throws(EnvironmentError) {
    var failure: UnsafePointer<CChar>?
    guard let model = guarded_load(path, &failure) else {
      let reason = failure.map { String(cString: $0) } ?? "no reason given"
      throw EnvironmentError(.invalidModel, "MuJoCo cannot load \(path): \(reason); \(remedy)")
    }
    self.init(model, path: path)
  }

  /// Compiles MJCF text, called `name` in errors.
  convenience init(mjcf: String, name: String) throws(EnvironmentError) {
    var failure: UnsafePointer<CChar>?
    guard let model = guarded_compile(mjcf, &failure) else {
      let reason = failure.map { String(cString: $0) } ?? "no reason given"
      throw EnvironmentError(.invalidModel, "MuJoCo cannot compile \(name): \(reason)")
    }
    self.init(model, path: name)
  }

  private init(_ model: UnsafeMutablePointer<mjModel>, path: String) {
    self.path = path
    pointer = UnsafePointer(model)
    controlRanges = (0..<Int(model.pointee.nu)).map { index in
      guard model.pointee.actuator_ctrllimited[index] else { return (-1, 1) }
      let range = model.pointee.actuator_ctrlrange + 2 * index
      return (range[0], range[1])
    }
  }

  deinit {
    mj_deleteModel(UnsafeMutablePointer(mutating: pointer))
  }
}
