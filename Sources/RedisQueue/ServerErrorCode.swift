/// The codes by which a server's errors begin and that have a meaning here.
enum ServerErrorCode: String, CaseIterable {
  /// Of the moment: the server is there and cannot serve now.
  case loading = "LOADING"
  case busy = "BUSY"
  case unblocked = "UNBLOCKED"
  case masterDown = "MASTERDOWN"
  case clusterDown = "CLUSTERDOWN"
  case tryAgain = "TRYAGAIN"
  case moved = "MOVED"
  case ask = "ASK"
  /// Of the moment: it takes no writes now.
  case outOfMemory = "OOM"
  case misconfigured = "MISCONF"
  case readOnly = "READONLY"
  case noReplicas = "NOREPLICAS"
  /// Who is asking, and for what.
  case noAuthentication = "NOAUTH"
  case wrongPassword = "WRONGPASS"
  case noPermission = "NOPERM"
  case denied = "DENIED"
  case wrongType = "WRONGTYPE"
}

extension ServerErrorCode {
  /// Beginnings of errors without a code of their own that are of the moment: a server's, then those of
  /// proxies that cannot reach theirs.
  static let momentary = [
    "ERR max number of clients", "ERR Connection timed out", "ERR Connection refused",
    "ERR no server connection", "upstream failure", "no upstream host",
  ]

  /// Whether an error without a code is of the moment.
  static func isMomentary(_ line: String) -> Bool {
    momentary.contains { line.lowercased().hasPrefix($0.lowercased()) }
  }
}
