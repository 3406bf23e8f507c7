import RunQueue

/// What a script returned: a word and, for some words, values.
struct ScriptOutcome: Sendable, Hashable {
  let word: String
  let values: ArraySlice<String>

  /// A part of an outcome.
  init(word: String, values: ArraySlice<String>) {
    self.word = word
    self.values = values
  }

  /// The outcome in a script's reply; the outcome `damaged <key> <reason>` is thrown.
  init(_ reply: RedisReply, of script: Script) throws(StoreError) {
    let texts = try reply.texts(at: "script \(script.rawValue)")
    guard let word = texts.first else {
      throw .incompatible("script \(script.rawValue) returned nothing")
    }
    if word == "damaged", texts.count == 3 { throw .damaged(key: texts[1], reason: texts[2]) }
    self.word = word
    self.values = texts.dropFirst()
  }

  /// The error for a word that the caller does not expect.
  func unexpected(from script: Script) -> StoreError {
    .incompatible("script \(script.rawValue) returned '\(word)', which this version does not know")
  }
}

extension RedisConnection {
  /// The outcome of a script.
  func run(
    _ script: Script, keys: [String], arguments: [String], digests: ScriptDigests
  ) throws(StoreError) -> ScriptOutcome {
    try ScriptOutcome(
      reply(of: script, keys: keys, arguments: arguments, digests: digests), of: script)
  }

  /// Runs a script by its digest, or by its text on a server that does not know it yet.
  func reply(
    of script: Script, keys: [String], arguments: [String], digests: ScriptDigests
  ) throws(StoreError) -> RedisReply {
    let digest = try digests.digest(of: script, on: self)
    let rest = [String(keys.count)] + keys + arguments
    var reply = try exchange(["EVALSHA", digest] + rest)
    if case .error(let line) = reply, line.hasPrefix("NOSCRIPT") {
      reply = try exchange(["EVAL", script.source] + rest)
    }
    if case .error(let line) = reply {
      throw StoreError(
        serverLine: Self.code(in: line), server: url, key: keys.joined(separator: ", "))
    }
    return reply
  }

  /// The error inside a script's error: Redis 6.2 wraps it as `ERR Error running script … <error>`.
  private static func code(in line: String) -> String {
    guard line.hasPrefix("ERR Error running script") else { return line }
    let codes = ServerErrorCode.allCases.lazy.compactMap { line.range(of: "\($0.rawValue) ") }
    return codes.first.map { String(line[$0.lowerBound...]) } ?? line
  }
}
