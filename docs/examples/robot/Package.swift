// swift-tools-version: 6.0
import PackageDescription

// A program on a robot needs chromatic's policies alone: no MuJoCo, no Redis, no other package.
let package = Package(
  name: "robot",
  // In a package of your own: .package(url: "https://…/chromatic", from: "1.0.0").
  dependencies: [.package(name: "chromatic", path: "../../..")],
  targets: [
    .executableTarget(
      name: "robot", dependencies: [.product(name: "ChromaticPolicy", package: "chromatic")])
  ],
  swiftLanguageModes: [.v6]
)
