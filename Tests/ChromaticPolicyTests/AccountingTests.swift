import ChromaticPolicy
import Testing

@Suite struct AccountingTests {
  struct Row: Sendable {
    var environment: String
    var observation: Int
    var action: Int
    var policyClass: PolicyClass
    var weights: Int
    /// In percent, as the paper prints it.
    var compression: Int
    var bits: Int
  }

  /// The paper's Table 2: every environment and class, hidden layer 41.
  static let table2: [Row] = [
    row("Striker", 23, 7, .chromatic, 23, 95, 8198),
    row("Striker", 23, 7, .masked, 25, 95, 8262),
    row("Striker", 23, 7, .toeplitz, 110, 88, 4832),
    row("Striker", 23, 7, .circulant, 82, 90, 3936),
    row("Striker", 23, 7, .unstructured, 1230, 0, 40672),
    row("HalfCheetah", 17, 6, .chromatic, 17, 94, 6571),
    row("HalfCheetah", 17, 6, .masked, 40, 92, 8250),
    row("HalfCheetah", 17, 6, .toeplitz, 103, 85, 4608),
    row("HalfCheetah", 17, 6, .circulant, 82, 88, 3936),
    row("HalfCheetah", 17, 6, .unstructured, 943, 0, 31488),
    row("Hopper", 11, 3, .chromatic, 11, 92, 3960),
    row("Hopper", 11, 3, .masked, 17, 91, 4726),
    row("Hopper", 11, 3, .toeplitz, 94, 78, 4320),
    row("Hopper", 11, 3, .circulant, 82, 80, 3936),
    row("Hopper", 11, 3, .unstructured, 574, 0, 19680),
    row("Walker2d", 17, 6, .chromatic, 17, 94, 6571),
    row("Walker2d", 17, 6, .masked, 19, 94, 6635),
    row("Walker2d", 17, 6, .toeplitz, 103, 85, 4608),
    row("Walker2d", 17, 6, .circulant, 82, 88, 3936),
    row("Walker2d", 17, 6, .unstructured, 943, 0, 31488),
  ]

  private static func row(
    _ environment: String, _ observation: Int, _ action: Int, _ policyClass: PolicyClass,
    _ weights: Int, _ compression: Int, _ bits: Int
  ) -> Row {
    Row(
      environment: environment, observation: observation, action: action,
      policyClass: policyClass, weights: weights, compression: compression, bits: bits)
  }

  @Test(arguments: table2)
  func `accounting reproduces Table 2`(row: Row) {
    let architecture = Architecture(
      observationSize: row.observation, hiddenSizes: [41], actionSize: row.action)
    let prescribed = row.policyClass.prescribedPartition(on: architecture)
    let accounting = Accounting(
      row.policyClass, weights: prescribed?.classCount ?? row.weights, on: architecture)
    #expect(accounting.weights == row.weights)
    #expect(accounting.bits == row.bits)
    // The paper rounds some percentages and cuts others.
    let percent = accounting.compression * 100
    #expect([percent.rounded(), percent.rounded(.down)].contains(Double(row.compression)))
  }

  @Test func `a linear policy has no biases`() {
    let linear = Architecture(observationSize: 17, hiddenSizes: [], actionSize: 6)
    let accounting = Accounting(.chromatic, weights: 50, on: linear)
    #expect(linear.name == "L" && linear.edgeCount == 102)
    #expect(accounting.parameters == 50)
    #expect(accounting.bits == 50 * 32 + 102 * 6)
  }
}
