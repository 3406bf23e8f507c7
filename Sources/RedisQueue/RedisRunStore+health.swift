import RunQueue

extension RedisRunStore {
  /// Throws `.cannotWrite` if the server's last write to its append-only file failed.
  ///
  /// Such a server answers reads, so that whoever only watches would wait for ever.
  public func checkWritable() throws(StoreError) {
    guard case .bytes(let bytes) = try send(["INFO", "persistence"]) else { return }
    if String(decoding: bytes, as: UTF8.self).contains("aof_last_write_status:err") {
      throw .cannotWrite(
        "Redis at \(url) cannot write its append-only file: is the disk full? Make room, then go on"
      )
    }
  }
}
