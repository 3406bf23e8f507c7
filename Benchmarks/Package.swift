// swift-tools-version: 6.0
import PackageDescription

/// The modules of the product, in the folder above.
let chromatic = Target.Dependency.product(name: "ChromaticModules", package: "chromatic")

// Measurements, apart from the product: `make build` compiles none of this, `make benchmark` all.
let package = Package(
  name: "chromatic-benchmarks",
  dependencies: [
    .package(name: "chromatic", path: ".."),
    .package(url: "https://github.com/apple/swift-collections", from: "1.1.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
  ],
  targets: [
    .executableTarget(
      name: "figures-benchmark",
      dependencies: [
        chromatic, "Measuring", .product(name: "Logging", package: "swift-log"),
        .product(name: "HeapModule", package: "swift-collections"),
      ], path: "Sources/Figures"),
    .target(name: "Measuring", dependencies: [chromatic], path: "Sources/Measuring"),
    .executableTarget(
      name: "growth-benchmark", dependencies: [chromatic, "Measuring"], path: "Sources/Growth"),
    .executableTarget(
      name: "idle-benchmark",
      dependencies: [chromatic, .product(name: "Logging", package: "swift-log")],
      path: "Sources/Idle"),
    .executableTarget(
      name: "environment-benchmark", dependencies: ["BareMuJoCoLoop", chromatic],
      path: "Sources/EnvironmentSteps"),
    .executableTarget(
      name: "bridge-benchmark", dependencies: [chromatic], path: "Sources/GymnasiumBridge"),
    .executableTarget(
      name: "inference-benchmark", dependencies: [chromatic], path: "Sources/Inference"),
    .executableTarget(name: "search-benchmark", dependencies: [chromatic], path: "Sources/Search"),
    .target(
      name: "BareMuJoCoLoop", dependencies: [.product(name: "CMuJoCo", package: "chromatic")],
      path: "Sources/BareMuJoCoLoop"),
  ],
  swiftLanguageModes: [.v6]
)
