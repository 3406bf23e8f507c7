import Foundation

/// An OpenGL context that draws into memory on the processor: no display, no graphics card.
///
/// It belongs to the thread that made it, where the last one that was made or used is current. The library is loaded when the first
/// context is made, so that programs run without it until they draw.
final class OffscreenContext {
  private typealias Create =
    @convention(c) (UInt32, Int32, Int32, Int32, OpaquePointer?) -> OpaquePointer?
  private typealias MakeCurrent =
    @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, UInt32, Int32, Int32) -> UInt8
  private typealias Destroy = @convention(c) (OpaquePointer) -> Void

  /// OSMESA_RGBA and GL_UNSIGNED_BYTE of OSMesa's and OpenGL's headers.
  private static let rgba: UInt32 = 0x1908
  private static let unsignedByte: UInt32 = 0x1401
  /// MuJoCo draws into a buffer of its own; this one only has to be there.
  private static let windowSize: Int32 = 16

  private let context: OpaquePointer
  private let window: UnsafeMutableRawPointer
  private let makeCurrent: MakeCurrent
  private let destroy: Destroy

  /// A new context, current on this thread.
  init(environment: [String: String] = ProcessInfo.processInfo.environment) throws(RenderingError) {
    let library = try Self.library(environment)
    guard let create = dlsym(library, "OSMesaCreateContextExt"),
      let makeCurrent = dlsym(library, "OSMesaMakeCurrent"),
      let destroy = dlsym(library, "OSMesaDestroyContext"),
      let context = unsafeBitCast(create, to: Create.self)(Self.rgba, 24, 8, 0, nil)
    else { throw RenderingError(.unavailable, "libOSMesa makes no OpenGL context") }
    self.destroy = unsafeBitCast(destroy, to: Destroy.self)
    self.makeCurrent = unsafeBitCast(makeCurrent, to: MakeCurrent.self)
    self.context = context
    let size = Self.windowSize
    window = .allocate(byteCount: Int(4 * size * size), alignment: 16)
    guard use() else {
      throw RenderingError(.unavailable, "libOSMesa cannot use its OpenGL context")
    }
  }

  /// Makes it the one that OpenGL draws with on this thread; false if that fails.
  @discardableResult
  func use() -> Bool {
    makeCurrent(context, window, Self.unsignedByte, Self.windowSize, Self.windowSize) != 0
  }

  deinit {
    destroy(context)
    window.deallocate()
  }

  /// The library OSMesa, for the life of the process.
  private static func library(
    _ environment: [String: String]
  ) throws(RenderingError) -> UnsafeMutableRawPointer {
    let remedy = "run ops/bootstrap --render, which installs it"
    if let path = environment["CHROMATIC_OSMESA"], !path.isEmpty {
      if let library = dlopen(path, RTLD_NOW | RTLD_GLOBAL) { return library }
      throw RenderingError(
        .unavailable,
        "libOSMesa is not installed: CHROMATIC_OSMESA names \(path), which does not load (\(remedy))"
      )
    }
    for name in ["libOSMesa.so.8", "libOSMesa.so.6", "libOSMesa.so"] {
      if let library = dlopen(name, RTLD_NOW | RTLD_GLOBAL) { return library }
    }
    throw RenderingError(.unavailable, "libOSMesa, which draws, is not installed: \(remedy)")
  }
}

/// What films need beyond this program.
package enum RenderingNeeds {
  /// Throws, with the command that installs it, unless OSMesa is there and draws.
  package static func checkRenderer() throws(RenderingError) {
    _ = try OffscreenContext()
  }
}
