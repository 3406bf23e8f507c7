import RunQueue

/// OpenSSL's settings for clients: whom to trust and what to show; owned.
///
/// TLS 1.2 is the oldest version accepted, and a server without a trusted certificate is refused.
struct TLSContext: ~Copyable {
  let pointer: OpaquePointer
  private let library: TLSLibrary

  private typealias Text = UnsafePointer<CChar>

  /// Numbers of OpenSSL's headers.
  private static let verifyPeer: Int32 = 1
  private static let pemFile: Int32 = 1
  private static let setMinimumVersion: Int32 = 123
  private static let tls12 = 0x0303

  private init(owning pointer: OpaquePointer, _ library: TLSLibrary) {
    self.pointer = pointer
    self.library = library
  }

  /// A context with the files given.
  static func make(_ files: TLSFiles, _ library: TLSLibrary) throws(StoreError) -> TLSContext {
    let method = try library.function(
      "TLS_client_method", as: (@convention(c) () -> OpaquePointer?).self)
    let make = try library.function(
      "SSL_CTX_new", as: (@convention(c) (OpaquePointer?) -> OpaquePointer?).self)
    guard let pointer = make(method()) else { throw TLSLibrary.noMemory }
    let context = TLSContext(owning: pointer, library)
    try context.demandCertificate()
    try context.trust(files.authorities)
    if let identity = files.identity { try context.show(identity) }
    return context
  }

  deinit { library.free(pointer, with: "SSL_CTX_free") }

  private func demandCertificate() throws(StoreError) {
    let setVerify = try library.function(
      "SSL_CTX_set_verify", as: (@convention(c) (OpaquePointer, Int32, OpaquePointer?) -> Void).self
    )
    setVerify(pointer, Self.verifyPeer, nil)
    let control = try library.function(
      "SSL_CTX_ctrl", as: (@convention(c) (OpaquePointer, Int32, Int, OpaquePointer?) -> Int).self)
    guard control(pointer, Self.setMinimumVersion, Self.tls12, nil) == 1 else {
      throw TLSLibrary.noMemory
    }
  }

  private func trust(_ authorities: String?) throws(StoreError) {
    guard let authorities else {
      let trustSystem = try library.function(
        "SSL_CTX_set_default_verify_paths", as: (@convention(c) (OpaquePointer) -> Int32).self)
      _ = trustSystem(pointer)
      return
    }
    let load = try library.function(
      "SSL_CTX_load_verify_locations",
      as: (@convention(c) (OpaquePointer, Text, UnsafePointer<CChar>?) -> Int32).self)
    guard load(pointer, authorities, nil) == 1 else {
      throw .refused(
        "CHROMATIC_REDIS_CA names \(authorities), which holds no certificates in PEM form: "
          + "check its path and permissions")
    }
  }

  private func show(_ identity: TLSFiles.Identity) throws(StoreError) {
    let certificate = try library.function(
      "SSL_CTX_use_certificate_chain_file",
      as: (@convention(c) (OpaquePointer, Text) -> Int32).self)
    guard certificate(pointer, identity.certificate) == 1 else {
      throw .refused(
        "CHROMATIC_REDIS_CERT names \(identity.certificate), which holds no certificate in PEM "
          + "form: check its path and permissions")
    }
    let key = try library.function(
      "SSL_CTX_use_PrivateKey_file",
      as: (@convention(c) (OpaquePointer, Text, Int32) -> Int32).self)
    guard key(pointer, identity.key, Self.pemFile) == 1 else {
      throw .refused(
        "CHROMATIC_REDIS_KEY names \(identity.key), which is not the certificate's private key in "
          + "PEM form: check both files")
    }
  }
}
