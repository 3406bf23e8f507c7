import Testing

@testable import TerminalProgress

@Suite struct PlainPacingTests {
  private func moment(
    _ iteration: Int, seconds: Double, warning: String? = nil
  ) -> TrainingProgress {
    var progress = ProgressViewTests.halfway
    progress.iteration = iteration
    progress.secondsElapsed = seconds
    progress.warning = warning
    return progress
  }

  private func admitted(_ moments: [TrainingProgress]) -> [Bool] {
    var pacing = PlainPacing(interval: 5, patience: 60)
    return moments.map { pacing.admits($0) }
  }

  @Test func `every slow iteration gets a line once`() {
    let moments = [moment(0, seconds: 1), moment(1, seconds: 9), moment(1, seconds: 12)]
    #expect(admitted(moments + [moment(2, seconds: 18)]) == [false, true, false, true])
  }

  @Test func `quick iterations share a line`() {
    let moments = (1...12).map { moment($0, seconds: Double($0)) }
    #expect(admitted(moments).count { $0 } == 3)
  }

  @Test func `the last iteration always gets its line once`() {
    let moments = [moment(39, seconds: 100), moment(40, seconds: 101), moment(40, seconds: 102)]
    #expect(admitted(moments) == [true, true, false])
  }

  @Test func `a new warning is told at once and once`() {
    let moments = [
      moment(0, seconds: 1, warning: "no evaluator"),
      moment(0, seconds: 2, warning: "no evaluator"),
      moment(0, seconds: 3, warning: "lost Redis"),
    ]
    #expect(admitted(moments) == [true, false, true])
  }

  @Test func `a long silence is broken`() {
    #expect(admitted([moment(1, seconds: 10), moment(1, seconds: 71)]) == [true, true])
  }
}
