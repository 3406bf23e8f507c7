// swift-tools-version: 6.0
import PackageDescription

// Targets stand by folders, each folder's from the top of the dependency graph to its bottom; see
// docs/architecture.md. Every module that a target imports is declared: `make build` refuses others.
let package = Package(
  name: "chromatic",
  products: [
    .executable(name: "chromatic", targets: ["chromatic"]),
    .executable(name: "chromatic-controller", targets: ["chromatic-controller"]),
    .executable(name: "chromatic-evaluator", targets: ["chromatic-evaluator"]),
    .executable(name: "chromatic-aggregator", targets: ["chromatic-aggregator"]),
    .executable(name: "chromatic-dashboard", targets: ["chromatic-dashboard"]),
    // What a program on a robot acts by: docs/examples/robot.
    .library(name: "ChromaticPolicy", targets: ["ChromaticPolicy"]),
    // What the package of measurements, Benchmarks, is built on.
    .library(
      name: "ChromaticModules",
      targets: [
        "ArchitectureSearch", "ChromaticPolicy", "Environments", "Figures", "LocalRing", "Programs",
        "Randomness", "RedisQueue", "Ring", "RunPlan", "RunQueue",
      ]),
    .library(name: "CMuJoCo", targets: ["CMuJoCo"]),
  ] + (hasTests ? [shiftedClock] : []),
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
  ],
  targets: services + sources + (hasTests ? tests + verification : []),
  swiftLanguageModes: [.v6]
)

/// Images are built without the tests' sources, so that a change of a test builds no image anew.
var hasTests: Bool { Context.environment["CHROMATIC_WITHOUT_TESTS"] == nil }

// MARK: services

/// The executables of the ring, and the page to look at it.
var services: [Target] {
  [
    .executableTarget(
      name: "chromatic-controller",
      dependencies: ["Programs", "Ring", "RunQueue", argumentParser, logging],
      path: "services/controller"),
    .executableTarget(
      name: "chromatic-evaluator",
      dependencies: [
        "ChromaticPolicy", "Environments", "Programs", "Ring", "RunPlan", "RunQueue",
        argumentParser, lifecycle, logging,
      ], path: "services/evaluator"),
    .executableTarget(
      name: "chromatic-aggregator",
      dependencies: ["Programs", "Ring", "RunQueue", argumentParser],
      path: "services/aggregator"),
    .executableTarget(
      name: "chromatic-dashboard",
      dependencies: [
        "ChromaticPolicy", "Dashboard", "Figures", "LocalRing", "MetricsExposition", "Programs",
        "RedisQueue", "RunPlan", "RunQueue", "Spawning",
        argumentParser, httpTypes, hummingbird, lifecycle, logging, nio,
      ],
      path: "services/dashboard", resources: [.embedInCode("Page")]),
  ]
}

// MARK: Sources

/// The tool, and the modules it shares with the services.
var sources: [Target] {
  [
    .executableTarget(
      name: "chromatic",
      dependencies: [
        "ArchitectureSearch", "ChromaticPolicy", "Dashboard", "Environments", "EvolutionStrategies",
        "Figures", "LocalRing", "ONNXExport", "Programs", "PythonExport", "Randomness",
        "ReadableNumbers", "RedisQueue",
        "Rendering",
        "RunPlan", "RunQueue", "Statistics", "StrictJSON", "TensorBoard", "TerminalProgress",
        argumentParser, logging,
      ], resources: [.embedInCode("Experiments/Paper")]),
    .target(name: "LocalRing", dependencies: ["RedisQueue", "RunQueue", "Spawning"]),
    .target(
      name: "Dashboard",
      dependencies: [
        "ChromaticPolicy", "Figures", "MetricsExposition", "RunPlan", "RunQueue", metrics,
      ]),
    .target(name: "MetricsExposition", dependencies: [metrics]),
    .target(name: "Figures", dependencies: ["ChromaticPolicy", "ReadableNumbers", "RunPlan"]),
    .target(
      name: "Rendering",
      dependencies: ["CMuJoCo", "CMuJoCoGuard", "ChromaticPolicy", "Environments", "Randomness"],
      resources: [.embedInCode("Text/glyphs.txt")]),
    .target(
      name: "ONNXExport", dependencies: ["ChromaticPolicy", "Environments"],
      resources: [.embedInCode("policy_to_onnx.py")]),
    .target(
      name: "TensorBoard", dependencies: ["Environments", "RunPlan"],
      resources: [.embedInCode("events.py")]),
    .target(
      name: "PythonExport", dependencies: ["ChromaticPolicy"],
      resources: [.embedInCode("policy.py")]),
    .target(name: "TerminalProgress", dependencies: ["ReadableNumbers"]),
    .target(name: "ReadableNumbers"),
    .target(name: "StrictJSON"),

    // The ring: what every program shares, the three roles, the queue on Redis.
    .target(
      name: "Programs",
      dependencies: [
        "Environments", "RedisQueue", "Ring", "RunPlan", "RunQueue", argumentParser, lifecycle,
        logging,
      ]),
    .target(
      name: "Ring",
      dependencies: [
        "ArchitectureSearch", "ChromaticPolicy", "EvolutionStrategies", "ExactArithmetic",
        "Randomness", "RunPlan", "RunQueue", logging,
      ]),
    .target(
      name: "RedisQueue", dependencies: ["CHiredis", "RunQueue"],
      resources: [.embedInCode("Scripts")]),
    .target(
      name: "RunPlan",
      dependencies: [
        "ArchitectureSearch", "ChromaticPolicy", "EvolutionStrategies", "ExactArithmetic",
        "Randomness", "RunQueue",
      ]),
    .target(name: "RunQueue", dependencies: ["StrictJSON"]),

    // The simulators and the algorithms.
    .target(
      name: "Environments",
      dependencies: [
        "CMuJoCo", "CMuJoCoGuard", "ChromaticPolicy", "Randomness", "Spawning", "StrictJSON",
      ],
      resources: [
        .embedInCode("Bridge/gymnasium_bridge.py"), .embedInCode("Bridge/inspection.py"),
        .embedInCode("Bridge/installation.py"),
      ]),
    .target(
      name: "ArchitectureSearch",
      dependencies: ["ChromaticPolicy", "ExactArithmetic", "Randomness"]),
    .target(
      name: "EvolutionStrategies",
      dependencies: ["ChromaticPolicy", "ExactArithmetic", "Randomness"]),
    .target(name: "ChromaticPolicy", dependencies: ["ExactArithmetic", "StrictJSON"]),
    .target(name: "Statistics", dependencies: ["Randomness"]),
    .target(name: "Randomness", dependencies: ["ExactArithmetic"]),
    .target(
      name: "ExactArithmetic", dependencies: ["CProcessorGuard"],
      linkerSettings: [.linkedLibrary("m")]),
    .target(name: "Spawning"),

    // C libraries, installed by ops/bootstrap.
    .systemLibrary(name: "CHiredis"),
    .systemLibrary(name: "CMuJoCo", pkgConfig: "mujoco"),
    .target(name: "CMuJoCoGuard", dependencies: ["CMuJoCo"]),
    .target(name: "CProcessorGuard"),
  ]
}

// MARK: Tests

/// The tests of a module each, and of the programs together.
var tests: [Target] {
  [
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "ArchitectureSearch", "ChromaticPolicy", "Environments", "LocalRing", "Programs",
        "ReadableNumbers", "RedisQueue", "Ring", "RingTestKit", "RunPlan", "RunQueue",
        "ServerTestKit", "Spawning",
        logging,
      ], exclude: ["Browser/look_at_dashboard.py"]),
    .testTarget(
      name: "OperationsTests",
      dependencies: ["Dashboard", "LocalRing", "RedisQueue", "ServerTestKit"]),
    .testTarget(
      name: "DashboardTests",
      dependencies: [
        "ArchitectureSearch", "ChromaticPolicy", "Dashboard", "MetricsExposition", "RunPlan",
        "RunQueue", metrics,
      ]),
    .testTarget(name: "FiguresTests", dependencies: ["ChromaticPolicy", "Figures"]),
    .testTarget(
      name: "RenderingTests",
      dependencies: ["ChromaticPolicy", "Environments", "Randomness", "Rendering"]),
    .testTarget(
      name: "ONNXExportTests", dependencies: ["ChromaticPolicy", "ONNXExport", "Randomness"],
      exclude: ["reference.py"]),
    .testTarget(name: "TerminalProgressTests", dependencies: ["TerminalProgress"]),
    .testTarget(name: "ReadableNumbersTests", dependencies: ["ReadableNumbers"]),
    .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"]),
    .testTarget(
      name: "ProgramsTests", dependencies: ["Programs", "RunPlan", lifecycle, logging]),
    .testTarget(
      name: "RingTests",
      dependencies: [
        "ArchitectureSearch", "ChromaticPolicy", "Environments", "EvolutionStrategies",
        "Randomness", "Ring", "RingTestKit", "RunPlan", "RunQueue", logging,
      ]),
    .target(
      name: "RingTestKit", dependencies: ["ChromaticPolicy", "Environments", "Ring", "RunPlan"],
      path: "Tests/RingTestKit"),
    .testTarget(
      name: "RedisQueueTests",
      dependencies: [
        "ChromaticPolicy", "FuzzKit", "LocalRing", "Programs", "Randomness", "RedisQueue",
        "RingTestKit", "RunPlan", "RunQueue", "ServerTestKit", "Spawning",
      ]),
    .testTarget(
      name: "RunPlanTests",
      dependencies: [
        "ArchitectureSearch", "ChromaticPolicy", "EvolutionStrategies", "RunPlan", "RunQueue",
      ]),
    .testTarget(name: "RunQueueTests", dependencies: ["RunQueue"]),
    .testTarget(
      name: "EnvironmentsTests",
      dependencies: [
        "AllocationCounter", "CMuJoCoGuard", "ChromaticPolicy", "Environments", "Randomness",
      ],
      exclude: ["Gym/arm_reference.py", "Gymnasium/reference.py"]),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .testTarget(
      name: "ArchitectureSearchTests",
      dependencies: ["ArchitectureSearch", "ChromaticPolicy", "ExactArithmetic", "Randomness"]),
    .testTarget(
      name: "EvolutionStrategiesTests",
      dependencies: ["ChromaticPolicy", "EvolutionStrategies", "Randomness"]),
    .testTarget(name: "ChromaticPolicyTests", dependencies: ["ChromaticPolicy", "Randomness"]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
    .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
    .testTarget(name: "ExactArithmeticTests", dependencies: ["ExactArithmetic"]),
  ]
}

// MARK: Tests/Verification

/// Loaded into the redis-server that chaos starts.
var shiftedClock: Product {
  .library(name: "ShiftedClock", type: .dynamic, targets: ["ShiftedClock"])
}

/// What hits, simulates and fuzzes the ring, and the kits for it.
var verification: [Target] {
  [
    .executableTarget(
      name: "chaos",
      dependencies: [
        "ChromaticPolicy", "Environments", "LocalRing", "Programs", "Randomness", "RedisQueue",
        "RunPlan", "RunQueue", "ServerTestKit", argumentParser,
      ], path: "Tests/Verification/Chaos"),
    .target(name: "ShiftedClock", path: "Tests/Verification/ShiftedClock"),
    .executableTarget(
      name: "ring-simulation", dependencies: ["RingSimulation", "RunPlan", argumentParser],
      path: "Tests/Verification/RingSimulationCommand"),
    .testTarget(
      name: "RingSimulationTests", dependencies: ["RingSimulation", "RunPlan", "RunQueue"],
      path: "Tests/Verification/RingSimulationTests"),
    .target(
      name: "RingSimulation",
      dependencies: [
        "ArchitectureSearch", "ChromaticPolicy", "Randomness", "Ring", "RingTestKit", "RunPlan",
        "RunQueue", logging,
      ],
      path: "Tests/Verification/RingSimulation"),
    .executableTarget(
      name: "counted-work",
      dependencies: [
        "ArchitectureSearch", "ChromaticPolicy", "Environments", "EvolutionStrategies",
        "Randomness", "RunPlan", argumentParser,
      ], path: "Tests/Verification/CountedWork"),
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzKit"], path: "Tests/Verification/Fuzz"),
    .testTarget(
      name: "FuzzTests", dependencies: ["FuzzKit"], path: "Tests/Verification/FuzzTests"),
    .target(
      name: "FuzzKit",
      dependencies: [
        "ArchitectureSearch", "ChromaticPolicy", "Environments", "EvolutionStrategies",
        "Randomness", "RedisQueue", "RunPlan", "RunQueue", "ServerTestKit",
      ], path: "Tests/Verification/FuzzKit"),
    .target(
      name: "ServerTestKit", dependencies: ["RedisQueue", "RunQueue"],
      path: "Tests/Verification/ServerTestKit"),
  ]
}

// MARK: packages

var argumentParser: Target.Dependency {
  .product(name: "ArgumentParser", package: "swift-argument-parser")
}
var httpTypes: Target.Dependency { .product(name: "HTTPTypes", package: "swift-http-types") }
var hummingbird: Target.Dependency {
  .product(name: "Hummingbird", package: "hummingbird")
}
var lifecycle: Target.Dependency {
  .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
}
var logging: Target.Dependency { .product(name: "Logging", package: "swift-log") }
var metrics: Target.Dependency { .product(name: "CoreMetrics", package: "swift-metrics") }
var nio: Target.Dependency { .product(name: "NIOCore", package: "swift-nio") }
