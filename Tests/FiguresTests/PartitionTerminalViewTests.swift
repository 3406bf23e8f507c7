import ChromaticPolicy
import Testing

@testable import Figures

@Suite struct PartitionTerminalViewTests {
  private func view(classes: Int, observation: Int = 17) -> PartitionTerminalView {
    PartitionTerminalView(
      PartitionFigureTests.policy([41], observation: observation, action: 6, classes: classes))
  }

  private func bare(_ line: String) -> String {
    line.replacing(/\u{1B}\[[0-9;]*m/, with: "")
  }

  @Test func `without colour every edge is the letter of its class`() {
    let policy = PartitionFigureTests.policy([], observation: 17, action: 6, classes: 36)
    let lines = PartitionTerminalView(policy).lines(width: 80, colour: .none, legend: false)
    let expected = policy.matrices[0].map { $0.map { String($0, radix: 36) }.joined() }
    #expect(lines == ["Matrix 1: 17 × 6"] + expected + [""])
  }

  @Test func `without colour there are no escape sequences`() {
    #expect(!view(classes: 17).lines(width: 80, colour: .none).joined().contains("\u{1B}"))
  }

  @Test func `half blocks show two rows in their colours`() {
    let policy = PartitionFigureTests.policy([], observation: 1, action: 3, classes: 3)
    let colours = ClassPalette(count: 3).colours
    let matrix = policy.matrices[0]
    func sequence(_ row: Int, _ target: Int) -> String {
      let colour = colours[matrix[row][0]]
      return "\u{1B}[\(target);2;\(colour.red);\(colour.green);\(colour.blue)m"
    }
    let lines = PartitionTerminalView(policy).lines(width: 80, colour: .full, legend: false)
    #expect(lines[1] == sequence(0, 38) + sequence(1, 48) + "▀\u{1B}[0m")
    #expect(lines[2] == sequence(2, 38) + "▀\u{1B}[0m")
  }

  @Test(arguments: [17, 300])
  func `lines never exceed the width`(classes: Int) {
    let view = view(classes: classes, observation: 100)
    for colour in [TerminalColour.none, .indexed, .full] {
      for width in [0, 1, 2, 20, 39, 40, 80, 200] {
        let widths = view.lines(width: width, colour: colour).map { bare($0).count }
        #expect(widths.allSatisfy { $0 <= width })
      }
    }
  }

  @Test func `a matrix too wide for the terminal says what is shown`() {
    let lines = view(classes: 17, observation: 100).lines(width: 60, colour: .full)
    #expect(lines[0] == "Matrix 1: 100 × 41, the first 60 columns")
  }

  @Test func `every class is listed with its weight`() {
    let text = view(classes: 17).lines(width: 80, colour: .none).joined(separator: "\n")
    #expect(text.contains("0  −1.000"))
    #expect(text.contains("g   1.000"))
  }

  @Test func `colour is for terminals that allow it`() {
    func colour(_ environment: [String: String], isTerminal: Bool = true) -> TerminalColour {
      TerminalColour(environment: environment, isTerminal: isTerminal)
    }
    #expect(colour(["TERM": "xterm-256color", "COLORTERM": "truecolor"]) == .full)
    #expect(colour(["TERM": "xterm-256color"]) == .indexed)
    #expect(colour(["TERM": "xterm-256color", "NO_COLOR": ""]) == .indexed)
    #expect(colour(["TERM": "xterm-256color", "NO_COLOR": "1"]) == .none)
    #expect(colour(["TERM": "dumb"]) == .none)
    #expect(colour([:]) == .none)
    #expect(colour(["TERM": "xterm", "COLORTERM": "24bit"], isTerminal: false) == .none)
  }
}
