import RunPlan
import Testing

@testable import Programs

@Suite struct SlotCountTests {
  private static func slots(_ text: String) -> GivenText? {
    GivenText("--slots", text, else: "NONE")
  }

  @Test func `there is a slot for every processor unless a number is given`() throws {
    #expect(try SlotCount(nil, processors: 6) { $0 }.count == 6)
    #expect(try SlotCount(nil, processors: 5000) { $0 }.count == 1024)
    let given = try SlotCount(Self.slots("3"), processors: 6) { $0 }
    #expect(given.count == 3 && given.note == nil)
  }

  @Test func `a number for which there are no threads is refused with how many there are`() throws {
    let error = #expect(throws: InvalidSetting.self) {
      try SlotCount(Self.slots("64"), processors: 6) { min($0, 20) }
    }
    #expect(
      error?.description
        == "--slots is 64, but the system gives this process threads for 12: see ulimit -u, ulimit -v "
        + "and the container's limit of processes")
    #expect(try SlotCount(Self.slots("12"), processors: 6) { min($0, 20) }.count == 12)
    #expect(throws: InvalidSetting.self) {
      try SlotCount(Self.slots("1"), processors: 6) { min($0, 8) }
    }
  }

  @Test func `fewer slots than processors are said`() throws {
    let slots = try SlotCount(nil, processors: 64) { min($0, 20) }
    #expect(slots.count == 12)
    #expect(
      slots.note?.hasPrefix("12 slots for 64 processors, for more there are no threads") == true)
    #expect(throws: InvalidSetting.self) { try SlotCount(nil, processors: 64) { min($0, 8) } }
  }

  @Test(arguments: ["0", "1025", "-1", "many", "", "1.5"])
  func `what is no number of slots is refused`(text: String) {
    let shown = Double(text) == nil ? "'\(text)'" : text
    #expect(throws: InvalidSetting("--slots", is: shown, expected: "1 to 1024")) {
      try SlotCount(Self.slots(text), processors: 1) { $0 }
    }
  }

  @Test func `threads that can be started are counted and gone again`() {
    #expect(WorkerThread.startable(50) == 50)
    #expect(WorkerThread.startable(0) == 0)
  }
}
