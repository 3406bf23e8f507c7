import Dispatch
import Synchronization

/// The values of `body` for `inputs`, in their order, computed on as many threads as there are processors.
///
/// Each value depends on its input alone, so how many threads there are leaves no trace in it. At most
/// `width` bodies run at once, which bounds their memory.
///
/// - Parameter body: may run on any thread and must only read what it captures.
func sideBySide<Input: Sendable, Output>(
  _ inputs: [Input], width: Int, _ body: @escaping (Input) -> Output
) -> [Output] {
  nonisolated(unsafe) let body = body
  var values = [Output?](repeating: nil, count: inputs.count)
  let next = Atomic(0)
  values.withUnsafeMutableBufferPointer { values in
    // Every input has its own place; the buffer outlives all threads.
    nonisolated(unsafe) let places = values
    DispatchQueue.concurrentPerform(iterations: min(width, inputs.count)) { _ in
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < inputs.count else { return }
        places[number] = body(inputs[number])
      }
    }
  }
  return values.compactMap { $0 }
}
