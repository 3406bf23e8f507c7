import Foundation

/// The commands of a container, and the variables that it is given.
struct ContainerUse: Sendable, Hashable, CustomStringConvertible {
  /// Where it stands.
  let place: String
  let commands: [[String]]
  let variables: Set<String>

  var description: String { place }

  /// Of every container of the manifests.
  static func manifests() -> [ContainerUse] {
    Overlay.all.flatMap { name, overlay in
      overlay.workloads.map { workload in
        ContainerUse(
          place: "\(name)/\(workload.metadata.name.text ?? "")",
          commands: commands(in: workload.spec.template.spec),
          variables: Set(overlay.environment(of: workload).keys))
      }
    }
  }

  /// Of every service of the compose file; its image says the program, where it has none itself.
  static func compose() throws -> [ContainerUse] {
    let file = "ops/containers/compose.yaml"
    let document = try Node.documents(file: file).first ?? .null
    let images = try ImageStages()
    return document.services.map.map { name, service in
      let listed = service.environment.list.compactMap(\.text).map { $0.prefix { $0 != "=" } }
      let entry = service.build.target.text.flatMap { images.entry(of: $0) } ?? []
      let started = entry.isEmpty ? [] : [entry + (service.command.texts ?? [])]
      return ContainerUse(
        place: "\(file): \(name)", commands: started + commands(in: service),
        variables: Set(service.environment.map.keys).union(listed.map(String.init)))
    }
  }

  /// Of the instructions of the Dockerfile.
  static func dockerfile() throws -> ContainerUse {
    let images = try ImageStages()
    return ContainerUse(
      place: ImageStages.file, commands: commands(in: images.lists), variables: images.variables)
  }

  /// Lists of words that start with one of the programs, a health check's `CMD` left out.
  private static func commands(in node: Node) -> [[String]] {
    node.all.compactMap(\.texts).map { $0.first == "CMD" ? Array($0.dropFirst()) : $0 }.filter {
      DeclaredInterface.programs.contains($0.first ?? "")
        || $0.first?.hasPrefix("chromatic-") == true
    }
  }
}

/// The stages of the Dockerfile, as far as they say what is started.
struct ImageStages {
  static let file = "ops/containers/Dockerfile"

  /// Every list of words in it.
  let lists: Node
  /// The `CHROMATIC_` variables that its images set, those of stages that only build left out.
  let variables: Set<String>
  private var base: [String: String] = [:]
  private var entries: [String: [String]] = [:]

  init() throws {
    let text = try String(
      contentsOfFile: "\(OperatorCommand.root)/\(Self.file)", encoding: .utf8)
    let words = { (list: Substring) in
      (try? JSONDecoder().decode(Node.self, from: Data(list.utf8))) ?? .null
    }
    lists = .list(text.matches(of: /\[[^\[\]]*\]/).map { words($0.output) })
    var variables: Set<String> = []
    var stage = ""
    for line in text.split(separator: "\n") {
      if let match = line.firstMatch(of: /^FROM (?<base>\S+) AS (?<name>\S+)/) {
        stage = String(match.output.name)
        base[stage] = String(match.output.base)
      } else if let match = line.firstMatch(of: /^ENTRYPOINT (?<words>\[.*\])/) {
        entries[stage] = words(match.output.words).texts
      } else if let match = line.firstMatch(of: /^ENV (?<name>CHROMATIC_[A-Z_]+)=/),
        stage != "programs"
      {
        variables.insert(String(match.output.name))
      }
    }
    self.variables = variables
  }

  /// What the image of a stage starts; nil if it starts nothing.
  func entry(of stage: String) -> [String]? {
    entries[stage] ?? base[stage].flatMap { entry(of: $0) }
  }
}
