import Foundation
import LocalRing
import ServerTestKit

/// One of `docs/schemas`, against which what a command prints with `--json` is held.
struct JSONSchema {
  let name: String

  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized.path
  private static let packages = "\(root)/.build/manifest-tools"

  /// What the schema objects to in the lines of `text`, each one JSON value; empty if nothing.
  func objections(to text: String) async throws -> String {
    let directory = try TestDirectory()
    let (input, log) = ("\(directory.path)/input", "\(directory.path)/log")
    try text.write(toFile: input, atomically: true, encoding: .utf8)
    let process = try ServiceProcess(
      "python", arguments: ["-c", Self.script, "\(Self.root)/docs/schemas", name, input],
      environment: ["PYTHONPATH": Self.packages], log: log, executablesIn: Self.packages)
    let ending = try await eventually("the validator's end", within: 240) { process.ending }
    let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    return ending == .exited(code: 0) ? said : "\(ending): \(said)"
  }

  /// Draft 2020-12 by jsonschema, which kubernetes-validate brings along.
  private static let script = """
    import json, pathlib, sys
    from jsonschema import Draft202012Validator as Validator
    from referencing import Registry, Resource
    schemas = {file.name: json.loads(file.read_text()) for file in pathlib.Path(sys.argv[1]).glob("*.json")}
    registry = Registry().with_resources((name, Resource.from_contents(s)) for name, s in schemas.items())
    Validator.check_schema(schemas[sys.argv[2]])
    validator = Validator(schemas[sys.argv[2]], registry=registry)
    lines = pathlib.Path(sys.argv[3]).read_text().splitlines()
    if not lines: print("no line of JSON")
    for line in lines:
        for error in validator.iter_errors(json.loads(line)):
            print("/".join(map(str, error.absolute_path)), error.message)
    """
}
