import RunQueue
import Testing

@Suite struct MessageTests {
  @Test func `a task is written as run, iteration and index`() throws {
    let task = try #require(TaskID(message: "half-cheetah.7 12 300"))
    #expect(task.iteration.run.name == "half-cheetah.7")
    #expect(task.iteration.iteration == 12)
    #expect(task.index == 300)
    #expect(task.description == "half-cheetah.7 12 300")
  }

  @Test(arguments: [
    "", "a", "a 1", "a 1 2 3", "a -1 0", "a 1 -2", "a 01 2", "a 1 +2", "a  1 2", " a 1 2",
    "a 1 4294967295", "a 99999999999999999999 1", "ä 1 2", "a 1 2\n", "a/b 1 2", ". 1 2", ".. 1 2",
  ])
  func `a malformed task has no name`(message: String) {
    #expect(TaskID(message: message) == nil)
  }

  @Test func `the update before the first iteration is number -1`() throws {
    #expect(IterationID(message: "a -1")?.iteration == -1)
    #expect(IterationID(message: "a -2") == nil)
    #expect(IterationID(message: "\(String(repeating: "a", count: 65)) 0") == nil)
  }
}
