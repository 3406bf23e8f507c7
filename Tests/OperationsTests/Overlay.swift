import Foundation
import ServerTestKit

/// An overlay of `ops/kubernetes`, rendered as its header says.
struct Overlay: Sendable {
  static let names = [
    "redis-in-cluster", "redis-in-cluster-keda", "managed-redis-tls", "managed-redis-tls-keda",
  ]
  static let withKEDA = names.filter { $0.hasSuffix("-keda") }

  /// All overlays, each rendered once.
  static let all: [String: Overlay] = {
    var overlays: [String: Overlay] = [:]
    for name in names { overlays[name] = try? Overlay(name) }
    return overlays
  }()

  /// What kubectl would apply.
  let yaml: String
  /// Its objects.
  let objects: [Node]

  /// Renders a copy of `ops`, with passwords made by `make-users` and an authority.
  ///
  /// - Parameter change: what is changed in the copy first, given its directory.
  init(_ name: String, change: (String) throws -> Void = { _ in }) throws {
    let directory = try TestDirectory()
    let overlays = "\(directory.path)/ops/kubernetes/overlays"
    try FileManager.default.copyItem(
      atPath: "\(OperatorCommand.root)/ops", toPath: "\(directory.path)/ops")
    for base in ["redis-in-cluster", "managed-redis-tls"] {
      let secrets = "\(overlays)/\(base)/secrets"
      try? FileManager.default.removeItem(atPath: secrets)
      let users = try OperatorCommand("\(directory.path)/ops/redis/make-users", [secrets])
      guard users.code == 0 else { throw Node.Unreadable(description: users.errors) }
      try "authority\n".write(
        toFile: "\(secrets)/ca.crt", atomically: false, encoding: .utf8)
    }
    try change("\(directory.path)/ops")
    let rendered = try withExtendedLifetime(directory) {
      try ManifestTools.kustomize("\(overlays)/\(name)")
    }
    guard rendered.code == 0 else { throw Node.Unreadable(description: rendered.errors) }
    yaml = rendered.output
    objects = try Node.documents(yaml: yaml)
  }

  /// Objects of a kind.
  func objects(_ kind: String) -> [Node] { objects.filter { $0.kind.text == kind } }

  /// The object of that kind and name; null if there is none.
  func object(_ kind: String, _ name: String) -> Node {
    objects(kind).first { $0.metadata.name.text == name } ?? .null
  }

  /// What runs pods.
  var workloads: [Node] { objects("Deployment") + objects("StatefulSet") }

  /// The variables of a workload's first container, those of its ConfigMap included.
  func environment(of workload: Node) -> [String: String] {
    let container = workload.spec.template.spec.containers.list.first ?? .null
    var variables: [String: String] = [:]
    for source in container.envFrom.list {
      let map = object("ConfigMap", source.configMapRef.name.text ?? "")
      variables.merge(map.data.map.compactMapValues(\.text)) { $1 }
    }
    for variable in container.env.list {
      // As the kubelet expands it.
      let value = (variable.value.text ?? "").replacing(/\$\((?<name>[A-Z_]+)\)/) { match in
        variables[String(match.output.name)] ?? String(match.output.0)
      }
      variables[variable.name.text ?? ""] = value
    }
    return variables
  }
}
