import Foundation

/// The end of what a child process writes to its standard error.
final class ErrorTail {
  private static let capacity = 4096

  /// Where it is read from, -1 once the child has closed it.
  private(set) var descriptor: Int32
  private let pipe: Descriptor
  private var bytes: [UInt8] = []

  /// The tail of what comes out of `pipe`.
  init(_ pipe: Descriptor) {
    self.pipe = pipe
    descriptor = pipe.number
    _ = fcntl(pipe.number, F_SETFL, O_NONBLOCK)
  }

  /// Takes up to a pipe's worth of what is there, so that the child is not held up by a full pipe.
  func drain() {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = read(pipe.number, &chunk, chunk.count)
    if count == 0 { descriptor = -1 }
    guard count > 0 else { return }
    bytes = (bytes + chunk.prefix(count)).suffix(Self.capacity)
  }

  /// The last line that is not blank, without control characters, at most 200 characters of it.
  var lastLine: String? {
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    let line = lines.last { !$0.allSatisfy(\.isWhitespace) }
    return line.map { String($0.filter { !$0.isASCII || $0 >= " " }.prefix(200)) }
  }
}
