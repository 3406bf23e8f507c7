import Foundation

/// A directory under /tmp for one test; removed with the value.
package final class TestDirectory: Sendable {
  package let path: String

  package init() throws {
    var template = Array("/tmp/chromatic-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw POSIXError(.EIO) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
