import Foundation

/// The PEM files by which a client of a `rediss://` server checks that server and shows itself.
public struct TLSFiles: Sendable, Hashable {
  /// Certificates of the authorities that may vouch for the server; nil: those the system trusts.
  public var authorities: String?
  /// The client's certificate, with the chain behind it, and its private key; nil: it shows none.
  public var identity: Identity?

  /// A client's certificate and key.
  public struct Identity: Sendable, Hashable {
    /// The file of the certificate.
    public var certificate: String
    /// The file of the private key, without passphrase.
    public var key: String

    /// A certificate and its key.
    public init(certificate: String, key: String) {
      self.certificate = certificate
      self.key = key
    }
  }

  /// The given files.
  public init(authorities: String? = nil, identity: Identity? = nil) {
    self.authorities = authorities
    self.identity = identity
  }

  /// The files that `CHROMATIC_REDIS_CA`, `CHROMATIC_REDIS_CERT` and `CHROMATIC_REDIS_KEY` name.
  init(environment: [String: String]) throws(RedisURL.ParseError) {
    let file = { name in environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    authorities = file("CHROMATIC_REDIS_CA")
    switch (file("CHROMATIC_REDIS_CERT"), file("CHROMATIC_REDIS_KEY")) {
    case (nil, nil): identity = nil
    case (let certificate?, let key?): identity = Identity(certificate: certificate, key: key)
    default:
      throw RedisURL.ParseError(
        "a client certificate needs both CHROMATIC_REDIS_CERT and CHROMATIC_REDIS_KEY: "
          + "set the other one, or neither",
        in: file("CHROMATIC_REDIS_CERT") == nil ? "CHROMATIC_REDIS_CERT" : "CHROMATIC_REDIS_KEY")
    }
  }
}
