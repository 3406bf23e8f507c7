import CHiredis
import RunQueue

/// What a server answered, copied out of the connection.
public enum RedisReply: Sendable, Hashable {
  /// Nothing there.
  case null
  /// A number.
  case integer(Int)
  /// A short status such as `OK`.
  case status(String)
  /// A value: any bytes.
  case bytes([UInt8])
  /// Several replies.
  case array([RedisReply])
  /// The server's error line, code first.
  case error(String)
}

extension RedisReply {
  /// A copy of a reply; nil if it has a type that this protocol version does not know.
  init?(copying reply: UnsafePointer<redisReply>) {
    switch reply.pointee.type {
    case REDIS_REPLY_NIL: self = .null
    case REDIS_REPLY_INTEGER: self = .integer(Int(reply.pointee.integer))
    case REDIS_REPLY_STATUS: self = .status(Self.line(reply))
    case REDIS_REPLY_ERROR: self = .error(Self.line(reply))
    case REDIS_REPLY_STRING: self = .bytes(Array(Self.raw(reply)))
    case REDIS_REPLY_ARRAY:
      var elements: [RedisReply] = []
      elements.reserveCapacity(reply.pointee.elements)
      for position in 0..<reply.pointee.elements {
        guard let element = reply.pointee.element?[position],
          let copy = RedisReply(copying: element)
        else { return nil }
        elements.append(copy)
      }
      self = .array(elements)
    default: return nil
    }
  }

  private static func raw(_ reply: UnsafePointer<redisReply>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: reply.pointee.str, count: reply.pointee.len)
  }

  /// One line for people: no control characters, which a terminal would obey.
  private static func line(_ reply: UnsafePointer<redisReply>) -> String {
    String(String(decoding: raw(reply), as: UTF8.self).unicodeScalars.filter { $0.value >= 32 })
  }
}

extension RedisReply {
  /// The value as text; nil where the server has none.
  func optionalText(at key: String) throws(StoreError) -> String? {
    switch self {
    case .null: return nil
    case .status(let text): return text
    case .bytes(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .damaged(key: key, reason: "a value of \(bytes.count) bytes is not UTF-8 text")
      }
      return text
    default: throw .damaged(key: key, reason: "expected text, found \(kind)")
    }
  }

  /// The value as text.
  func text(at key: String) throws(StoreError) -> String {
    guard let text = try optionalText(at: key) else {
      throw .damaged(key: key, reason: "expected text, found nothing")
    }
    return text
  }

  /// The elements of a list.
  func elements(at key: String) throws(StoreError) -> [RedisReply] {
    guard case .array(let elements) = self else {
      throw .damaged(key: key, reason: "expected a list, found \(kind)")
    }
    return elements
  }

  /// The number that a command such as HLEN counts.
  func integer(at key: String) throws(StoreError) -> Int {
    guard case .integer(let number) = self else {
      throw .damaged(key: key, reason: "expected a number, found \(kind)")
    }
    return Int(number)
  }

  /// The elements of a list of texts.
  func texts(at key: String) throws(StoreError) -> [String] {
    var texts: [String] = []
    for element in try elements(at: key) { texts.append(try element.text(at: key)) }
    return texts
  }

  /// The fields and values that HGETALL lists in turn.
  func fields(at key: String) throws(StoreError) -> Fields {
    let texts = try texts(at: key)
    guard texts.count.isMultiple(of: 2) else {
      throw .damaged(key: key, reason: "a field has no value")
    }
    var fields = Fields(minimumCapacity: texts.count / 2)
    for position in stride(from: 0, to: texts.count, by: 2) {
      fields[texts[position]] = texts[position + 1]
    }
    return fields
  }

  private var kind: String {
    switch self {
    case .null: "nothing"
    case .integer: "a number"
    case .status: "a status"
    case .bytes: "a text"
    case .array: "a list"
    case .error: "an error"
    }
  }
}
