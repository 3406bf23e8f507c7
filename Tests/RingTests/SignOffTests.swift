import Foundation
import Ring
import Synchronization
import Testing

/// A heartbeat never comes after an evaluator's last word.
@Suite struct SignOffTests {
  @Test func `a heartbeat that is due while the last word is said is not said`() {
    let signOff = SignOff()
    let said = Mutex<[String]>([])
    @Sendable func say(_ word: String) { said.withLock { $0.append(word) } }
    signOff.unlessSaid { say("beat") }
    let isOver = DispatchSemaphore(value: 0)
    signOff.say {
      let isDue = DispatchSemaphore(value: 0)
      Thread.detachNewThread {
        isDue.signal()
        signOff.unlessSaid { say("late beat") }
        isOver.signal()
      }
      isDue.wait()
      say("leave")
    }
    isOver.wait()
    signOff.unlessSaid { say("beat after the end") }
    #expect(said.withLock { $0 } == ["beat", "leave"])
  }
}
