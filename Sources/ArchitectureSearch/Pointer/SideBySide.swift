import Dispatch

/// The values of `body` for `inputs`, in their order, a few computed at the same time.
///
/// Each value depends on its input alone, so how many threads there are leaves no trace in it. At most
/// `width` bodies run at once, which bounds their memory.
///
/// - Parameter body: may run on any thread and must only read what it captures.
func sideBySide<Input: Sendable, Output>(
  _ inputs: [Input], width: Int = 2, _ body: @escaping (Input) -> Output
) -> [Output] {
  nonisolated(unsafe) let body = body
  var outputs: [Output] = []
  for start in stride(from: 0, to: inputs.count, by: width) {
    let wave = Array(inputs[start..<min(inputs.count, start + width)])
    var values = [Output?](repeating: nil, count: wave.count)
    values.withUnsafeMutableBufferPointer { values in
      // Every iteration writes its own place; the buffer outlives them all.
      nonisolated(unsafe) let places = values
      DispatchQueue.concurrentPerform(iterations: wave.count) { number in
        places[number] = body(wave[number])
      }
    }
    outputs += values.compactMap { $0 }
  }
  return outputs
}
