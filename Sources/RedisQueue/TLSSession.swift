import CHiredis
import RunQueue

/// An OpenSSL session that accepts only a server with a valid certificate for its host.
///
/// hiredis checks a certificate's chain but not whom it names, so the session is made here and then
/// handed over.
struct TLSSession: ~Copyable {
  private let library: TLSLibrary
  private let server: RedisURL
  private let pointer: OpaquePointer

  private typealias Text = UnsafePointer<CChar>

  /// SSL_CTRL_SET_TLSEXT_HOSTNAME of OpenSSL's headers.
  private static let setHostName: Int32 = 55

  private init(owning pointer: OpaquePointer, _ library: TLSLibrary, _ server: RedisURL) {
    self.pointer = pointer
    self.library = library
    self.server = server
  }

  /// A session for `host` with the files given.
  static func make(
    with host: String, _ files: TLSFiles, server: RedisURL
  ) throws(StoreError) -> TLSSession {
    let library = try TLSLibrary.shared.get()
    let context = try TLSContext.make(files, library)
    let make = try library.function(
      "SSL_new", as: (@convention(c) (OpaquePointer) -> OpaquePointer?).self)
    guard let pointer = make(context.pointer) else { throw TLSLibrary.noMemory }
    let session = TLSSession(owning: pointer, library, server)
    try session.expect(host)
    return session
  }

  deinit { library.free(pointer, with: "SSL_free") }

  /// Shakes hands over a connected socket; the connection then owns the session.
  consuming func start(over connection: UnsafeMutablePointer<redisContext>) throws(StoreError) {
    let start = try library.function(
      "redisInitiateSSL",
      as: (@convention(c) (UnsafeMutablePointer<redisContext>, OpaquePointer) -> Int32).self)
    // This value frees its reference at its end; the connection keeps one more.
    let keep = try library.function(
      "SSL_up_ref", as: (@convention(c) (OpaquePointer) -> Int32).self)
    guard start(connection, pointer) != REDIS_OK else {
      _ = keep(pointer)
      return
    }
    if let objection = try objection() {
      throw .refused(
        "the certificate of \(server) is not trusted (\(objection)): check the host name in the "
          + "URL and CHROMATIC_REDIS_CA")
    }
    let reason = withUnsafeBytes(of: connection.pointee.errstr) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    throw .unreachable("no TLS with \(server) (\(reason)): does it speak TLS on this port?")
  }

  /// Names the host for the server (SNI) and for the check of its certificate.
  private func expect(_ host: String) throws(StoreError) {
    let parameters = try library.function(
      "SSL_get0_param", as: (@convention(c) (OpaquePointer) -> OpaquePointer?).self)
    let setAddress = try library.function(
      "X509_VERIFY_PARAM_set1_ip_asc", as: (@convention(c) (OpaquePointer?, Text) -> Int32).self)
    if setAddress(parameters(pointer), host) == 1 { return }
    let setName = try library.function(
      "SSL_set1_host", as: (@convention(c) (OpaquePointer, Text) -> Int32).self)
    let control = try library.function(
      "SSL_ctrl", as: (@convention(c) (OpaquePointer, Int32, Int, Text) -> Int).self)
    guard setName(pointer, host) == 1, control(pointer, Self.setHostName, 0, host) == 1 else {
      throw .refused("'\(host)' is no host name that a certificate can hold: mend the URL")
    }
  }

  /// What OpenSSL holds against the server's certificate; nil if nothing.
  private func objection() throws(StoreError) -> String? {
    let verdict = try library.function(
      "SSL_get_verify_result", as: (@convention(c) (OpaquePointer) -> Int).self)(pointer)
    guard verdict != 0 else { return nil }
    let text = try library.function(
      "X509_verify_cert_error_string", as: (@convention(c) (Int) -> Text?).self)
    return text(verdict).map { String(cString: $0) } ?? "error \(verdict)"
  }
}
