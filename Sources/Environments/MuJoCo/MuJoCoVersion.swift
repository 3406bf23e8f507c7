import CMuJoCo

/// MuJoCo's versions as it encodes them: major × 10⁶ + minor × 10³ + patch.
enum MuJoCoVersion {
  /// Throws unless the library found at run time is the one compiled against: structures differ
  /// between versions, and with them every number.
  static func check(
    loaded: Int = Int(mj_version()), built: Int = Int(mjVERSION_HEADER)
  ) throws(EnvironmentError) {
    guard loaded == built else {
      throw EnvironmentError(
        .wrongMuJoCoVersion,
        "MuJoCo \(text(loaded)) is loaded, but this program was built for \(text(built)): "
          + "run ops/bootstrap, then make build")
    }
  }

  /// The version as people write it.
  static func text(_ code: Int) -> String {
    "\(code / 1_000_000).\(code / 1000 % 1000).\(code % 1000)"
  }
}
