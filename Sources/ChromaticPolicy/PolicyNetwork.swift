import ExactArithmetic

/// A loaded policy, ready to act: x → tanh(W₂ tanh(W₁ x̂ + b)), x̂ the normalised observation.
///
/// Owns its buffers and allocates nothing after `load`, so one instance serves one thread. Matrices
/// are expanded from the shared weights and stored by columns, padded to four rows: outputs are
/// summed over inputs in order, four rows at a time, so the result does not depend on the width.
public final class PolicyNetwork {
  /// The architecture this network was built for.
  public let architecture: Architecture

  private let layers: [Layer]
  private let input: UnsafeMutablePointer<Double>
  private let shift: UnsafeMutablePointer<Double>
  private let scale: UnsafeMutablePointer<Double>

  /// A network of the given shape with all weights zero.
  public init(_ architecture: Architecture) {
    self.architecture = architecture
    layers = architecture.matrices.map { Layer(rows: $0.rows, columns: $0.columns) }
    let size = architecture.observationSize
    input = .allocate(capacity: size)
    shift = .allocate(capacity: size)
    scale = .allocate(capacity: size)
    for buffer in [input, shift] { buffer.initialize(repeating: 0, count: size) }
    scale.initialize(repeating: 1, count: size)
  }

  deinit {
    for buffer in [input, shift, scale] { buffer.deallocate() }
    for layer in layers { layer.deallocate() }
  }

  /// Takes over parameters, partition and normalisation.
  ///
  /// A removed edge has weight zero.
  ///
  /// - Parameters:
  ///   - parameters: M shared weights, then one bias per hidden unit.
  ///   - partition: the class of every edge of the architecture.
  ///   - normalisation: of observations.
  public func load(parameters: [Double], partition: Partition, normalisation: Normalisation) {
    precondition(partition.edgeCount == architecture.edgeCount)
    precondition(parameters.count == partition.classCount + architecture.biasCount)
    precondition(normalisation.mean.count == architecture.observationSize)
    var edge = 0
    var bias = partition.classCount
    for (depth, layer) in layers.enumerated() {
      for row in 0..<layer.rows {
        for column in 0..<layer.columns {
          let number = partition.classes[edge]
          layer.weights[column * layer.stride + row] =
            number == Partition.removed ? 0 : parameters[Int(number)]
          edge += 1
        }
        if depth < layers.count - 1 {
          layer.biases[row] = parameters[bias]
          bias += 1
        }
      }
    }
    for i in 0..<architecture.observationSize {
      shift[i] = normalisation.mean[i]
      scale[i] = 1 / normalisation.deviation[i]
    }
  }

  /// Writes the action, each component in [−1, 1], for `observation` (sizes a and s).
  public func act(
    on observation: UnsafeBufferPointer<Double>, action: UnsafeMutableBufferPointer<Double>
  ) {
    for i in 0..<architecture.observationSize {
      input[i] = (observation[i] - shift[i]) * scale[i]
    }
    var activation = UnsafePointer(input)
    for layer in layers {
      layer.apply(to: activation)
      activation = UnsafePointer(layer.outputs)
    }
    for i in 0..<architecture.actionSize { action[i] = activation[i] }
  }
}

/// One dense layer with its output buffer; rows are padded to a multiple of four.
private struct Layer {
  let rows: Int
  let columns: Int
  let stride: Int
  /// Column-major, `columns` × `stride`.
  let weights: UnsafeMutablePointer<Double>
  let biases: UnsafeMutablePointer<Double>
  let outputs: UnsafeMutablePointer<Double>

  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    stride = (rows + 3) / 4 * 4
    weights = Self.zeros(columns * stride)
    biases = Self.zeros(stride)
    outputs = Self.zeros(stride)
  }

  func deallocate() {
    for buffer in [weights, biases, outputs] {
      UnsafeMutableRawPointer(buffer).deallocate()
    }
  }

  /// outputs = tanh(weights · x + biases).
  func apply(to x: UnsafePointer<Double>) {
    for block in Swift.stride(from: 0, to: stride, by: 4) {
      var sum = vector(biases, block)
      var offset = block
      for column in 0..<columns {
        sum += vector(weights, offset) * x[column]
        offset += stride
      }
      UnsafeMutableRawPointer(outputs + block)
        .assumingMemoryBound(to: SIMD4<Double>.self).pointee = hyperbolicTangent(sum)
    }
  }

  private func vector(_ base: UnsafeMutablePointer<Double>, _ offset: Int) -> SIMD4<Double> {
    UnsafeRawPointer(base + offset).assumingMemoryBound(to: SIMD4<Double>.self).pointee
  }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<Double> {
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Double>.stride,
      alignment: MemoryLayout<SIMD4<Double>>.alignment)
    let buffer = raw.bindMemory(to: Double.self, capacity: count)
    buffer.initialize(repeating: 0, count: count)
    return buffer
  }
}
