import Foundation
import ServerTestKit
import Testing

/// `ops/kubernetes` renders, fits Kubernetes' schemas and holds together.
@Suite struct ManifestTests {
  private func overlay(_ name: String) throws -> Overlay { try #require(Overlay.all[name]) }

  private func validation(of yaml: String) throws -> OperatorCommand {
    let directory = try TestDirectory()
    let file = "\(directory.path)/manifest.yaml"
    try yaml.write(toFile: file, atomically: false, encoding: .utf8)
    return try withExtendedLifetime(directory) { try ManifestTools.validate(file) }
  }

  @Test(arguments: Overlay.names) func `an overlay fits the schemas, strictly`(name: String) throws
  {
    let command = try validation(of: overlay(name).yaml)
    #expect(command.code == 0, "\(command.output)\(command.errors)")
  }

  @Test func `a field that Kubernetes does not know is seen`() throws {
    let yaml = try overlay("redis-in-cluster").yaml
      .replacing("readOnlyRootFilesystem", with: "readOnlyRootFileSystem")
    #expect(try validation(of: yaml).code != 0)
  }

  @Test(arguments: Overlay.names) func `pods are locked down`(name: String) throws {
    let overlay = try overlay(name)
    #expect(overlay.workloads.count >= 5)
    for workload in overlay.workloads {
      let (pod, label) = (workload.spec.template.spec, workload.metadata.name.text ?? "")
      #expect(pod.automountServiceAccountToken == .bool(false), "\(label)")
      #expect(pod.enableServiceLinks == .bool(false), "\(label)")
      #expect(pod.securityContext.runAsNonRoot == .bool(true), "\(label)")
      #expect(pod.securityContext.runAsUser == .number(10001), "\(label)")
      #expect(pod.securityContext.seccompProfile.type == .text("RuntimeDefault"), "\(label)")
      for container in pod.containers.list {
        let context = container.securityContext
        #expect(context.readOnlyRootFilesystem == .bool(true), "\(label)")
        #expect(context.allowPrivilegeEscalation == .bool(false), "\(label)")
        #expect(context.capabilities.drop.texts == ["ALL"], "\(label)")
        #expect(!container.resources.requests.map.isEmpty, "\(label)")
        #expect(Set(container.resources.limits.map.keys) == ["cpu", "memory"], "\(label)")
        #expect(!(container.image.text ?? ":latest").hasSuffix(":latest"), "\(label)")
      }
    }
  }

  @Test(arguments: Overlay.names) func `secrets can be read by the pod's group and nobody else`(
    name: String
  ) throws {
    let overlay = try overlay(name)
    for workload in overlay.workloads {
      let pod = workload.spec.template.spec
      for volume in pod.volumes.list where volume.secret != .null {
        #expect(volume.secret.defaultMode == .number(0o440))
        #expect(pod.securityContext.fsGroup == pod.securityContext.runAsGroup)
        #expect(overlay.object("Secret", volume.secret.secretName.text ?? "") != .null)
      }
      for volume in pod.volumes.list where volume.emptyDir != .null {
        #expect(volume.emptyDir.sizeLimit != .null)
      }
    }
  }

  @Test(arguments: Overlay.names) func `a service is given its own password and no other`(
    name: String
  ) throws {
    let overlay = try overlay(name)
    let users = [
      "controller": "controller", "aggregator": "aggregator", "evaluator": "evaluator",
      "dashboard": "viewer", "tool": "operator",
    ]
    for (service, user) in users {
      let deployment = overlay.object("Deployment", service)
      let secrets = deployment.spec.template.spec.volumes.list.compactMap(\.secret.secretName.text)
      #expect(secrets.count == 1 && secrets[0].hasPrefix("redis-\(user)-"), "\(service)")
      let url = overlay.environment(of: deployment)["CHROMATIC_REDIS"] ?? ""
      let scheme = name.hasPrefix("managed") ? "rediss" : "redis"
      #expect(url.hasPrefix("\(scheme)://\(user)@"), "\(service): \(url)")
      let authority = overlay.environment(of: deployment)["CHROMATIC_REDIS_CA"]
      #expect((authority != nil) == name.hasPrefix("managed"), "\(service)")
    }
  }

  @Test(arguments: Overlay.names) func `an evaluator is not killed while it may hand back`(
    name: String
  ) throws {
    let evaluator = try overlay(name).object("Deployment", "evaluator")
    let grace = try overlay(name).environment(of: evaluator)["CHROMATIC_GRACE"].flatMap(Double.init)
    let end = try #require(evaluator.spec.template.spec.terminationGracePeriodSeconds.number)
    #expect(end >= (try #require(grace)) + 10)
  }

  @Test(arguments: Overlay.names) func `selectors find pods`(name: String) throws {
    let overlay = try overlay(name)
    let pods = overlay.workloads.map(\.spec.template.metadata.labels.map)
    func isFound(_ selector: [String: Node]) -> Bool {
      pods.contains { pod in selector.allSatisfy { pod[$0.key] == $0.value } }
    }
    for workload in overlay.workloads { #expect(isFound(workload.spec.selector.matchLabels.map)) }
    for service in overlay.objects("Service") { #expect(isFound(service.spec.selector.map)) }
    for budget in overlay.objects("PodDisruptionBudget") {
      #expect(isFound(budget.spec.selector.matchLabels.map))
    }
    for policy in overlay.objects("NetworkPolicy") {
      #expect(isFound(policy.spec.podSelector.matchLabels.map))
      for rule in policy.spec.podSelector.matchExpressions.list {
        for value in rule.values.list { #expect(isFound([rule.key.text ?? "": value])) }
      }
    }
  }

  @Test func `Redis is found by the name that services and KEDA use`() throws {
    let overlay = try overlay("redis-in-cluster")
    let redis = overlay.object("Service", "redis")
    let address = overlay.environment(of: overlay.object("Deployment", "evaluator"))[
      "REDIS_ADDRESS"]
    let port = Int(redis.spec.ports.list[0].port.number ?? 0)
    #expect(address == "redis.\(redis.metadata.namespace.text ?? "").svc:\(port)")
    let set = overlay.object("StatefulSet", "redis")
    #expect(set.spec.serviceName == redis.metadata.name)
    let claims = set.spec.volumeClaimTemplates.list.compactMap(\.metadata.name.text)
    let mounts = set.spec.template.spec.containers.list[0].volumeMounts.list
    #expect(mounts.first { $0.mountPath == .text("/data") }?.name.text == claims.first)
  }
}
