import Foundation
import Testing

@testable import Environments

@Suite struct TrajectoryGeneratorTests {
  private let parameters = TrajectoryGenerator.Parameters(
    frequency: 1.5, amplitude: 0.8, frontHeight: 0.3, backHeight: 0.1, stance: 0.6)

  @Test func `the phase is the sum of frequencies times seconds, wrapped to one period`() {
    var generator = TrajectoryGenerator()
    for _ in 0..<50 { generator.advance(seconds: 0.01, frequency: 1.5) }
    #expect(abs(generator.phase - 0.75) < 1e-12)
    for _ in 0..<50 { generator.advance(seconds: 0.01, frequency: 3) }
    #expect(abs(generator.phase - 0.25) < 1e-12)
    generator.advance(seconds: 0.01, frequency: 0)
    #expect(abs(generator.phase - 0.25) < 1e-12)
  }

  @Test(arguments: [0.0, 0.2, 0.45, 0.6, 0.7, 0.95])
  func `a leg is where the formula puts it in stance and swing, diagonal legs together`(
    phase: Double
  ) {
    var generator = TrajectoryGenerator()
    generator.advance(seconds: phase, frequency: 1)
    for leg in 0..<4 {
      let isSecondPair = leg == 1 || leg == 2
      let time = (phase + (isSecondPair ? 0.5 : 0)).truncatingRemainder(dividingBy: 1)
      let height = leg == 0 || leg == 2 ? 0.3 : 0.1
      let stands = time < 0.6
      let angle = stands ? .pi * time / 0.6 : .pi + .pi * (time - 0.6) / 0.4
      let pose = generator.pose(ofLeg: leg, parameters)
      #expect(abs(pose.swing - 0.8 * 0.5 * cos(angle)) < 1e-12)
      #expect(
        abs(pose.extend - (height + 0.8 * (stands ? -0.02 : 0.9) * sin(angle))) < 1e-12)
    }
  }

  @Test func `without amplitude legs stand still at their heights`() {
    var still = parameters
    still.amplitude = 0
    var generator = TrajectoryGenerator()
    for _ in 0..<20 {
      generator.advance(seconds: 0.03, frequency: 1.5)
      #expect(generator.pose(ofLeg: 0, still) == LegPose(swing: 0, extend: 0.3))
      #expect(generator.pose(ofLeg: 3, still) == LegPose(swing: 0, extend: 0.1))
    }
  }

  @Test
  func `motor angles are neutral plus extension, minus or plus swing, within the motors' reach`() {
    let pose = LegPose(swing: 0.2, extend: 0.3).motorAngles
    #expect(abs(pose.forward - (.pi / 2 + 0.1)) < 1e-12)
    #expect(abs(pose.backward - (.pi / 2 + 0.5)) < 1e-12)
    let far = LegPose(swing: 2, extend: 0.5).motorAngles
    #expect(far.forward == 0.5 && far.backward == 2.5)
  }

  @Test
  func `action components −1, 0 and 1 are the ends and the middle of each range, beyond is cut`() {
    #expect(largestDifference(numbers(of: -1), [0, 0, 0, 0, 0.4, -0.15, -0.15]) < 1e-12)
    #expect(largestDifference(numbers(of: 0), [1.5, 0.5, 0.25, 0.25, 0.5, 0, 0]) < 1e-12)
    #expect(largestDifference(numbers(of: 1), [3, 1, 0.5, 0.5, 0.6, 0.15, 0.15]) < 1e-12)
    #expect(numbers(of: 7) == numbers(of: 1))
  }

  @Test func `residuals reach the leg and the movement that they are for`() {
    var action = [Double](repeating: 0, count: 13)
    action[5 + 2 * 2] = 1
    action[6 + 2 * 3] = -1
    let command = action.withUnsafeBufferPointer { MinitaurCommand($0) }
    #expect(command.swings == SIMD4(0, 0, 0.15, 0))
    #expect(command.extensions == SIMD4(0, 0, 0, -0.15))
  }

  /// The parameters and one leg's residuals of an action with every component at `value`.
  private func numbers(of value: Double) -> [Double] {
    let command = [Double](repeating: value, count: 13).withUnsafeBufferPointer {
      MinitaurCommand($0)
    }
    let parameters = command.parameters
    return [
      parameters.frequency, parameters.amplitude, parameters.frontHeight, parameters.backHeight,
      parameters.stance, command.swings[1], command.extensions[3],
    ]
  }
}
