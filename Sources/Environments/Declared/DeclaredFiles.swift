import CMuJoCoGuard
import Foundation
import Synchronization

/// A user's model and the task file beside it, as they were when they were read.
struct DeclaredFiles: Sendable {
  /// The compiled model.
  let model: PhysicsModel
  /// What the task file says.
  let declaration: TaskDeclaration
  /// Tells these files from others: 16 hexadecimal digits.
  let digest: String

  private static let loaded = Mutex<[String: DeclaredFiles]>([:])

  /// The files of the model at `path`, read anew unless those in memory have the digest `wanted`.
  static func load(
    _ path: String, wanted: String?
  ) throws(EnvironmentError) -> DeclaredFiles {
    if let files = loaded.withLock({ $0[path] }), files.digest == wanted { return files }
    let files = try DeclaredFiles(path)
    guard wanted == nil || wanted == files.digest else {
      throw EnvironmentError(
        .otherFiles,
        "\(path) and its task file have the digest \(files.digest) here, \(wanted ?? "none") was "
          + "asked for: put the files here that the run was made with, or start another run")
    }
    loaded.withLock { $0[path] = files }
    return files
  }

  private init(_ path: String) throws(EnvironmentError) {
    try MuJoCoVersion.check()
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw EnvironmentError(
        .missingAsset,
        "there is no model file \(path): mjcf: takes an MJCF file's path, seen from "
          + FileManager.default.currentDirectoryPath)
    }
    declaration = try TaskDeclaration(path: TaskDeclaration.path(besideModel: path))
    model = try PhysicsModel(path: path, remedy: "mend the file")
    digest = Self.digest(model, declaration)
  }

  private static func digest(_ model: PhysicsModel, _ declaration: TaskDeclaration) -> String {
    let ofModel = digest_model(digest_of_nothing(), model.pointer)
    let number = declaration.bytes.withUnsafeBytes {
      digest_bytes(ofModel, $0.baseAddress, $0.count)
    }
    return String(format: "%016lx", number)
  }
}
