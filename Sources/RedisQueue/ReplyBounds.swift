import CHiredis

/// How large a reply hiredis may allocate on a server's word, before its elements arrive.
///
/// A list announced with billions of elements costs minutes to free, even if none ever comes.
enum ReplyBounds {
  /// More than any list or hash of a queue has.
  static let mostElements = 1 << 24

  /// Puts the bounds on what `context` reads; a longer list breaks the connection.
  static func apply(to context: UnsafeMutablePointer<redisContext>) {
    context.pointee.reader?.pointee.fn = bounded
  }
}

private nonisolated(unsafe) let standard: UnsafeMutablePointer<redisReplyObjectFunctions>? = {
  let reader = redisReaderCreate()
  defer { redisReaderFree(reader) }
  return reader?.pointee.fn
}()

private nonisolated(unsafe) let bounded: UnsafeMutablePointer<redisReplyObjectFunctions>? = {
  guard var functions = standard?.pointee else { return nil }
  functions.createArray = { task, count in
    count > ReplyBounds.mostElements ? nil : standard?.pointee.createArray?(task, count)
  }
  let pointer = UnsafeMutablePointer<redisReplyObjectFunctions>.allocate(capacity: 1)
  pointer.initialize(to: functions)
  return pointer
}()
