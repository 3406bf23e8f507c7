import ArgumentParser
import Foundation
import Programs
import RedisQueue
import RunQueue

/// A tool's calls of a queue that may be out of reach for a while: said once, then tried again.
struct PatientCalls {
  private let interruption: Interruption?
  private let say: (String) -> Void
  private var patience: Patience

  /// Calls under `patience`; `interruption` ends a wait, and `say` shows why there is one.
  init(
    _ patience: Patience, interruption: Interruption? = nil,
    say: @escaping (String) -> Void = Self.toStandardError
  ) {
    self.patience = patience
    self.interruption = interruption
    self.say = say
  }

  /// The value of `call`, made again after errors of the moment.
  ///
  /// Throws exit code 130 if the tool is asked to end meanwhile.
  mutating func make<Value>(_ call: () throws -> Value) throws -> Value {
    while true {
      do {
        let value = try call()
        if patience.failures > 0 { say("connected again") }
        patience.served()
        return value
      } catch let error as StoreError {
        guard
          let delay = patience.delay(
            after: error, at: ServerContact.now(), jitter: .random(in: 0..<1))
        else { throw error }
        if patience.failures == 1 { say("\(error); trying again") }
        guard let interruption else {
          Thread.sleep(forTimeInterval: delay)
          continue
        }
        interruption.wait(delay)
        if interruption.isAsked { throw Interruption.exitCode }
      }
    }
  }

  /// A line of the tool on standard error.
  static func toStandardError(_ line: String) {
    StandardStreams.say("chromatic: \(line)")
  }
}
