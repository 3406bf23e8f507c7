import Foundation
import RedisQueue
import Testing

/// KEDA's objects say what its documentation asks for, about the queue's own keys.
@Suite struct ScaledObjectTests {
  /// Parameters of the `redis` scaler, from KEDA's documentation of it.
  private static let triggerFields: Set = [
    "address", "host", "port", "addressFromEnv", "hostFromEnv", "portFromEnv", "usernameFromEnv",
    "passwordFromEnv", "listName", "listLength", "activationListLength", "enableTLS", "unsafeSsl",
    "databaseIndex",
  ]
  private static let authenticationParameters: Set = [
    "address", "host", "port", "username", "password", "tls", "ca", "cert", "key", "keyPassword",
  ]
  private static let fields: Set = [
    "scaleTargetRef", "pollingInterval", "cooldownPeriod", "initialCooldownPeriod",
    "idleReplicaCount", "minReplicaCount", "maxReplicaCount", "fallback", "advanced", "triggers",
  ]

  private func overlay(_ name: String) throws -> Overlay { try #require(Overlay.all[name]) }

  @Test(arguments: Overlay.withKEDA) func `evaluators follow pending and leased tasks`(
    name: String
  ) throws {
    let overlay = try overlay(name)
    let scaled = try #require(overlay.objects("ScaledObject").first)
    #expect(scaled.apiVersion == .text("keda.sh/v1alpha1"))
    #expect(Set(scaled.spec.map.keys).isSubset(of: Self.fields))
    let target = overlay.object("Deployment", scaled.spec.scaleTargetRef.name.text ?? "")
    #expect(target.metadata.name == .text("evaluator"))
    #expect(target.spec.replicas == .null, "KEDA and the manifest would both set the number")
    #expect(scaled.spec.minReplicaCount == .number(0))
    #expect((scaled.spec.maxReplicaCount.number ?? 0) >= 1)

    let environment = overlay.environment(of: target)
    let keys = try #require(QueueKeys(queue: environment["CHROMATIC_QUEUE"] ?? ""))
    let triggers = scaled.spec.triggers.list
    #expect(triggers.map(\.metadata.listName.text) == [keys.tasks, keys.leases])
    for trigger in triggers {
      #expect(trigger.type == .text("redis"))
      #expect(Set(trigger.metadata.map.keys).isSubset(of: Self.triggerFields))
      #expect(trigger.metadata.map.values.allSatisfy { $0.text != nil }, "KEDA takes texts only")
      #expect(environment[trigger.metadata.addressFromEnv.text ?? ""] != nil)
    }
    let modifiers = scaled.spec.advanced.scalingModifiers
    let names = triggers.compactMap(\.name.text)
    #expect(modifiers.formula.text == names.joined(separator: " + "))
    #expect(names.allSatisfy { $0.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil })
    #expect(modifiers.target.text.flatMap(Double.init).map { $0 > 0 } == true)
    #expect(modifiers.metricType == .text("AverageValue"))
  }

  @Test(arguments: Overlay.withKEDA) func `KEDA signs in as the autoscaler`(name: String) throws {
    let overlay = try overlay(name)
    let scaled = try #require(overlay.objects("ScaledObject").first)
    for trigger in scaled.spec.triggers.list {
      let reference = trigger.authenticationRef.name.text ?? ""
      let parameters = overlay.object("TriggerAuthentication", reference).spec
      var values: [String: String] = [:]
      for (kind, list) in [
        ("Secret", parameters.secretTargetRef), ("ConfigMap", parameters.configMapTargetRef),
      ] {
        for entry in list.list {
          let data = overlay.object(kind, entry.name.text ?? "").data[entry.key.text ?? ""].text
          let text = try #require(data, "\(entry)").replacing("\n", with: "")
          let decoded = kind == "Secret" ? Data(base64Encoded: text) : Data(text.utf8)
          values[entry.parameter.text ?? ""] = String(
            decoding: try #require(decoded), as: UTF8.self)
        }
      }
      #expect(Set(values.keys).isSubset(of: Self.authenticationParameters))
      #expect(values["username"] == "autoscaler")
      #expect(values["password"]?.wholeMatch(of: /[0-9a-f]{64}/) != nil)
      let isManaged = name.hasPrefix("managed")
      #expect(values["tls"] == (isManaged ? "enable" : nil))
      #expect(values["ca"] == (isManaged ? "authority" : nil))
    }
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["CHROMATIC_VALIDATE_KEDA"] != nil,
      "CHROMATIC_VALIDATE_KEDA names no validator with KEDA's schemas"),
    arguments: Overlay.withKEDA)
  func `KEDA's objects fit its own schemas`(name: String) throws {
    let validator = ProcessInfo.processInfo.environment["CHROMATIC_VALIDATE_KEDA"] ?? ""
    let command = try OperatorCommand(validator, [], input: overlay(name).yaml)
    #expect(command.code == 0, "\(command.errors)")
  }
}
