import Foundation

/// Python with `onnx` and `onnxruntime`, as ops/bootstrap --test installs them.
enum ONNXRuntime {
  /// What a model holds, as `reference.py` reads it.
  struct Contents: Decodable {
    /// Of the format and of the operators.
    var versions: [Int]
    var operators: [String]
    var properties: [String: String]
    var sharedWeights: [Double]
    /// The largest difference between an action alone and in its batch.
    var one: Double
    /// The batch's name and the size.
    var input: [Dimension]
    var output: [Dimension]
  }

  /// A name or a number.
  enum Dimension: Decodable, Equatable {
    case any(String)
    case exactly(Int)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      do {
        self = .exactly(try container.decode(Int.self))
      } catch {
        self = .any(try container.decode(String.self))
      }
    }
  }

  struct Unavailable: Error, CustomStringConvertible {
    let description: String
  }

  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized
  private static var packages: URL { root.appending(path: ".build/parity-python") }

  /// The version of `onnx` that the project pins.
  static func pinnedVersion() throws -> String {
    let lines = try String(contentsOf: root.appending(path: "ops/versions"), encoding: .utf8)
    let line = lines.split(separator: "\n").first { $0.hasPrefix("ONNX_VERSION=") }
    return String(line?.split(separator: "=").last ?? "")
  }

  /// Variables by which a program finds that Python.
  static func variables() throws -> [String: String] {
    let interpreter = packages.appending(path: "python").path
    guard FileManager.default.isExecutableFile(atPath: interpreter),
      FileManager.default.fileExists(atPath: packages.appending(path: "onnxruntime").path)
    else {
      throw Unavailable(description: "no onnx in \(packages.path): run ops/bootstrap --test")
    }
    return ProcessInfo.processInfo.environment.merging([
      "CHROMATIC_PYTHON": interpreter, "PYTHONPATH": packages.path, "PYTHONNOUSERSITE": "1",
      "PYTHONDONTWRITEBYTECODE": "1",
    ]) { $1 }
  }

  /// What a model holds, and its actions for `observations`, all in one batch.
  static func run(
    _ model: Data, on observations: [Double]
  ) throws -> (contents: Contents, actions: [Double]) {
    let directory = FileManager.default.temporaryDirectory.appending(path: "onnx-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let files = ["model.onnx", "observations", "actions"].map { directory.appending(path: $0) }
    try model.write(to: files[0])
    try observations.withUnsafeBytes { Data($0) }.write(to: files[1])
    let printed = try python(files.map(\.path))
    let actions = try Data(contentsOf: files[2]).withUnsafeBytes { bytes in
      (0..<bytes.count / 8).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self) }
    }
    return (try JSONDecoder().decode(Contents.self, from: printed), actions)
  }

  private static func python(_ arguments: [String]) throws -> Data {
    let script = URL(filePath: #filePath).appending(path: "../reference.py").standardized
    let process = Process()
    let output = Pipe()
    process.executableURL = packages.appending(path: "python")
    process.arguments = [script.path] + arguments
    process.environment = try variables()
    process.standardOutput = output
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Unavailable(description: "reference.py refused the model; its output says why")
    }
    return printed
  }
}
