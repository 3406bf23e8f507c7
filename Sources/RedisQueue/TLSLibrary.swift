import CHiredis
import Foundation
import RunQueue

/// hiredis' TLS part and the OpenSSL beneath it, loaded when the first `rediss://` server is met.
///
/// The file that belongs to the hiredis of this build is loaded, never another one's.
struct TLSLibrary: @unchecked Sendable {
  private let handle: UnsafeMutableRawPointer

  /// The library, or why there is none here.
  static let shared = Result { () throws(StoreError) in try TLSLibrary() }

  private init() throws(StoreError) {
    guard !Self.version.hasPrefix("0.") else {
      throw .refused(
        "rediss:// needs TLS, and hiredis \(Self.version), with which this was built, has none: "
          + "build on Debian 13 (hiredis 1.0 or newer), or use a tunnel such as stunnel")
    }
    let file = "libhiredis_ssl.so.\(String(cString: hiredis_library_version()))"
    guard let handle = dlopen(file, RTLD_NOW) else {
      throw .refused(
        "rediss:// needs \(file) of hiredis \(Self.version), which does not load "
          + "(\(Self.loaderError)): apt-get install libhiredis-dev")
    }
    self.handle = handle
  }

  /// The function `name` of the library or of the OpenSSL that it is linked with.
  func function<Function>(_ name: String, as type: Function.Type) throws(StoreError) -> Function {
    guard let symbol = dlsym(handle, name) else {
      throw .refused(
        "rediss:// cannot be used: hiredis \(Self.version) and its OpenSSL have no \(name); "
          + "OpenSSL 1.1.1 or newer is needed")
    }
    return unsafeBitCast(symbol, to: type)
  }

  /// Frees what the library made by its function `name`.
  func free(_ pointer: OpaquePointer, with name: String) {
    try? function(name, as: (@convention(c) (OpaquePointer) -> Void).self)(pointer)
  }

  static let noMemory = StoreError.unreachable("no memory for a TLS connection")

  private static var version: String { "\(HIREDIS_MAJOR).\(HIREDIS_MINOR).\(HIREDIS_PATCH)" }

  private static var loaderError: String { dlerror().map { String(cString: $0) } ?? "no reason" }
}
