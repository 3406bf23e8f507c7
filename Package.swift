// swift-tools-version: 6.0
import PackageDescription

// Targets are listed from the top of the dependency graph to its bottom; see docs/architecture.md.
let package = Package(
  name: "chromatic",
  products: [
    .executable(name: "chromatic", targets: ["chromatic"]),
    .executable(name: "chromatic-controller", targets: ["chromatic-controller"]),
    .executable(name: "chromatic-evaluator", targets: ["chromatic-evaluator"]),
    .executable(name: "chromatic-aggregator", targets: ["chromatic-aggregator"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
  ],
  targets: [
    // The ring: three services and the tool.
    .executableTarget(
      name: "chromatic-controller", dependencies: ["Services"], path: "services/controller"),
    .executableTarget(
      name: "chromatic-evaluator", dependencies: ["Services"], path: "services/evaluator"),
    .executableTarget(
      name: "chromatic-aggregator", dependencies: ["Services"], path: "services/aggregator"),
    .executableTarget(
      name: "chromatic",
      dependencies: [
        "ChromaticPolicy", "Environments", "Figures", "LocalRing", "ONNXExport", "Randomness",
        "RedisQueue", "Rendering", "RunProtocol", "Services",
        "TerminalProgress",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .executableTarget(
      name: "ring-benchmark",
      dependencies: [
        "ArchitectureSearch", "ChromaticPolicy", "Environments", "LocalRing", "RedisQueue",
        "RunProtocol", "Services",
        .product(name: "Logging", package: "swift-log"),
      ], path: "Benchmarks/RingOverhead"),
    .executableTarget(
      name: "chaos",
      dependencies: [
        "ChromaticPolicy", "Environments", "LocalRing", "Randomness", "RedisQueue", "RunProtocol",
        "ServerTestKit", "Services",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Benchmarks/Chaos"),
    .executableTarget(
      name: "ring-simulation",
      dependencies: [
        "RingSimulation", "RunProtocol",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Benchmarks/RingSimulation"),
    .target(
      name: "RingSimulation",
      dependencies: [
        "ChromaticPolicy", "Randomness", "RunProtocol", "Services",
        .product(name: "Logging", package: "swift-log"),
      ]),
    .target(name: "LocalRing", dependencies: ["RedisQueue", "RunProtocol"]),
    .target(name: "Figures", dependencies: ["ChromaticPolicy"]),
    .target(
      name: "Rendering", dependencies: ["CMuJoCo", "CMuJoCoGuard", "Environments", "Randomness"]),
    .target(
      name: "ONNXExport", dependencies: ["ChromaticPolicy", "Environments"],
      resources: [.embedInCode("policy_to_onnx.py")]),
    .target(name: "TerminalProgress"),
    .target(
      name: "Services",
      dependencies: [
        "ArchitectureSearch", "Environments", "EvolutionStrategies", "RedisQueue", "RunProtocol",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]),

    // Transport: the run protocol on Redis.
    .target(
      name: "RedisQueue", dependencies: ["CHiredis", "RunProtocol"],
      resources: [.embedInCode("Scripts")]),
    .target(
      name: "RunProtocol",
      dependencies: ["ArchitectureSearch", "ChromaticPolicy", "EvolutionStrategies", "Randomness"]),

    // Pure algorithms and the simulators.
    .target(
      name: "Environments",
      dependencies: ["CMuJoCo", "CMuJoCoGuard", "ChromaticPolicy", "Randomness"],
      resources: [
        .embedInCode("Bridge/gymnasium_bridge.py"), .embedInCode("Bridge/installation.py"),
      ]),
    .target(name: "ArchitectureSearch", dependencies: ["ChromaticPolicy", "Randomness"]),
    .target(name: "EvolutionStrategies", dependencies: ["ChromaticPolicy", "Randomness"]),
    .target(name: "ChromaticPolicy"),
    .target(name: "Randomness", linkerSettings: [.linkedLibrary("m")]),

    // Programs that measure a part by itself.
    .executableTarget(
      name: "inference-benchmark", dependencies: ["ChromaticPolicy", "Randomness"],
      path: "Benchmarks/Inference"),
    .executableTarget(
      name: "search-benchmark",
      dependencies: ["ArchitectureSearch", "ChromaticPolicy", "Randomness"],
      path: "Benchmarks/Search"),

    // C libraries, installed by ops/bootstrap.
    .systemLibrary(name: "CHiredis"),
    .systemLibrary(name: "CMuJoCo", pkgConfig: "mujoco"),
    .target(name: "CMuJoCoGuard", dependencies: ["CMuJoCo"]),

    // What anyone can measure; see README.md.
    .target(
      name: "BareMuJoCoLoop", dependencies: ["CMuJoCo"], path: "Benchmarks/BareMuJoCoLoop"),
    .executableTarget(
      name: "environment-benchmark",
      dependencies: ["BareMuJoCoLoop", "ChromaticPolicy", "Environments", "Randomness"],
      path: "Benchmarks/EnvironmentSteps"),
    .executableTarget(
      name: "bridge-benchmark",
      dependencies: ["ChromaticPolicy", "Environments", "Randomness"],
      path: "Benchmarks/GymnasiumBridge"),

    .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
    .testTarget(name: "ChromaticPolicyTests", dependencies: ["ChromaticPolicy", "Randomness"]),
    .testTarget(
      name: "EvolutionStrategiesTests", dependencies: ["EvolutionStrategies", "Randomness"]),
    .testTarget(
      name: "ArchitectureSearchTests",
      dependencies: ["ArchitectureSearch", "ChromaticPolicy", "Randomness"]),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .testTarget(
      name: "EnvironmentsTests",
      dependencies: [
        "AllocationCounter", "CMuJoCoGuard", "ChromaticPolicy", "Environments", "Randomness",
      ],
      exclude: ["Gym/arm_reference.py", "Gymnasium/reference.py"]),
    .testTarget(
      name: "RunProtocolTests",
      dependencies: [
        "ArchitectureSearch", "ChromaticPolicy", "EvolutionStrategies", "RunProtocol",
      ]),
    .target(name: "ServerTestKit", dependencies: ["RedisQueue"], path: "Tests/ServerTestKit"),
    .testTarget(
      name: "RedisQueueTests",
      dependencies: ["FuzzKit", "LocalRing", "Randomness", "RedisQueue", "ServerTestKit"]),
    .testTarget(
      name: "ServicesTests",
      dependencies: [
        "ArchitectureSearch", "ChromaticPolicy", "Environments", "EvolutionStrategies",
        "Randomness", "RunProtocol", "Services",
        .product(name: "Logging", package: "swift-log"),
      ]),
    .target(
      name: "FuzzKit",
      dependencies: [
        "ArchitectureSearch", "ChromaticPolicy", "Environments", "EvolutionStrategies",
        "Randomness", "RedisQueue", "RunProtocol", "ServerTestKit",
      ], path: "Tests/FuzzKit"),
    .executableTarget(name: "fuzz", dependencies: ["FuzzKit"], path: "Benchmarks/Fuzz"),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzKit"]),
    .testTarget(name: "RingSimulationTests", dependencies: ["RingSimulation", "RunProtocol"]),
    .testTarget(name: "FiguresTests", dependencies: ["ChromaticPolicy", "Figures"]),
    .testTarget(
      name: "RenderingTests",
      dependencies: ["ChromaticPolicy", "Environments", "Randomness", "Rendering"]),
    .testTarget(
      name: "ONNXExportTests", dependencies: ["ChromaticPolicy", "ONNXExport", "Randomness"],
      exclude: ["reference.py"]),
    .testTarget(name: "TerminalProgressTests", dependencies: ["TerminalProgress"]),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "Environments", "LocalRing", "RedisQueue", "RunProtocol", "ServerTestKit", "Services",
        .product(name: "Logging", package: "swift-log"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
