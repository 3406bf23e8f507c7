import Foundation
import ServerTestKit
import Testing

/// Hidden layers, given as the paper names them or as sizes, are those of the trained policy.
@Suite struct PolicyClassTests {
  private struct Inspection: Decodable {
    var policyClass: String
    var architecture: String
    var parameters: Int
  }

  @Test(arguments: [
    ("none", "L", "3-1", 2), ("L", "L", "3-1", 2), ("4", "H4", "3-4-1", 6),
    ("H4,H3", "H4,H3", "3-4-3-1", 9),
  ])
  func `train makes the class it was asked for`(
    hidden: String, policyClass: String, sizes: String, parameters: Int
  ) async throws {
    let directory = try TestDirectory()
    let output = "\(directory.path)/run"
    try await Tool.output([
      "train", "Pendulum-v1", "--output", output, "--hidden", hidden, "--partitions", "2",
      "--iterations", "1", "--perturbations", "4", "--pivots", "1", "--evaluations", "1",
      "--finalists", "1", "--finalist-episodes", "1", "--evaluators", "1",
    ])
    let text = try await Tool.output(["inspect", "\(output)/policy.json", "--json"])
    let found = try JSONDecoder().decode(Inspection.self, from: Data(text.utf8))
    #expect(found.policyClass == policyClass)
    #expect(found.architecture == sizes)
    #expect(found.parameters == parameters)
  }
}
