import ChromaticPolicy
import Randomness

extension Partition {
  /// A partition whose classes are drawn independently and uniformly from `stream`.
  static func uniform(
    edgeCount: Int, classCount: Int, from stream: inout RandomStream
  ) -> Partition {
    let classes = (0..<edgeCount).map { _ in
      Int32(stream.next().multipliedFullWidth(by: UInt64(classCount)).high)
    }
    return Partition(classes: classes, classCount: classCount)
  }

  /// The uniform partition that the controller's initialisation stream of `seed` names.
  static func uniform(edgeCount: Int, classCount: Int, seed: UInt64) -> Partition {
    var stream = RandomStream(seed: seed, purpose: .controllerInitialisation)
    return uniform(edgeCount: edgeCount, classCount: classCount, from: &stream)
  }
}
