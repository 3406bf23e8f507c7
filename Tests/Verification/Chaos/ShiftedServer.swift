import Foundation
import LocalRing

/// The wall clock of the redis-servers that this process starts, which jumps when it is told to.
///
/// They are started by way of a script that loads the library ShiftedClock before any other.
struct ShiftedServer {
  private let file: FileHandle

  private static let variable = "CHROMATIC_REDIS_SERVER"
  /// The program that the user means, before the variable names a script.
  private static let server = Result {
    try Program.find("redis-server", variable: variable, remedy: "install redis-server")
  }

  /// - Parameter directory: where the script and the shift are written.
  init(in directory: String) throws {
    guard let library = ServiceProcess.executable("libShiftedClock.so") else {
      throw ChaosError(
        "there is no libShiftedClock.so beside this program: swift build --product ShiftedClock")
    }
    let server = try Self.server.get()
    let (shift, script) = ("\(directory)/shift", "\(directory)/redis-server")
    try Data(count: 8).write(to: URL(filePath: shift))
    guard let file = FileHandle(forUpdatingAtPath: shift) else {
      throw ChaosError("cannot write \(shift)")
    }
    self.file = file
    let text = "#!/bin/sh\nSHIFTED_CLOCK=\(shift) LD_PRELOAD=\(library) exec \(server) \"$@\"\n"
    try Data(text.utf8).write(to: URL(filePath: script))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    setenv(Self.variable, script, 1)
  }

  /// Lets the server's clock stand `seconds` ahead of this machine's, from one moment to the next.
  func jump(to seconds: Int) throws {
    let microseconds = Int64(seconds) * 1_000_000
    try file.seek(toOffset: 0)
    try file.write(contentsOf: withUnsafeBytes(of: microseconds) { Data($0) })
  }
}
