import RunQueue
import Synchronization

/// The scripts that change a queue, each a file of `Scripts` headed by its KEYS, ARGV and returns.
enum Script: String, CaseIterable {
  case submit, pause, resume, stop
  case claim, deliver, renew, release, heartbeat, leave, drain
  case nextResult, commit, suspend, reap, backup, repair
  case nextUpdate, publish, end
  case overview, look
  case dead, forget, snapshot, restore
  case lead, resign

  /// The script's text behind the functions that it shares with others.
  var source: String {
    String(decoding: PackageResources.prelude_lua + shared + file, as: UTF8.self)
  }

  /// What the scripts share that take tasks.
  private var shared: [UInt8] {
    switch self {
    case .claim, .deliver: PackageResources.tasks_lua
    default: []
    }
  }

  private var file: [UInt8] {
    switch self {
    case .submit: PackageResources.submit_lua
    case .pause: PackageResources.pause_lua
    case .resume: PackageResources.resume_lua
    case .stop: PackageResources.stop_lua
    case .claim: PackageResources.claim_lua
    case .deliver: PackageResources.deliver_lua
    case .renew: PackageResources.renew_lua
    case .release: PackageResources.release_lua
    case .heartbeat: PackageResources.heartbeat_lua
    case .leave: PackageResources.leave_lua
    case .drain: PackageResources.drain_lua
    case .nextResult: PackageResources.next_result_lua
    case .commit: PackageResources.commit_lua
    case .suspend: PackageResources.suspend_lua
    case .repair: PackageResources.repair_lua
    case .reap: PackageResources.reap_lua
    case .backup: PackageResources.backup_lua
    case .nextUpdate: PackageResources.next_update_lua
    case .publish: PackageResources.publish_lua
    case .end: PackageResources.end_lua
    case .overview: PackageResources.overview_lua
    case .look: PackageResources.look_lua
    case .dead: PackageResources.dead_lua
    case .forget: PackageResources.forget_lua
    case .snapshot: PackageResources.snapshot_lua
    case .restore: PackageResources.restore_lua
    case .lead: PackageResources.lead_lua
    case .resign: PackageResources.resign_lua
    }
  }
}

/// The digests under which a server knows the scripts.
final class ScriptDigests: Sendable {
  private let known = Mutex<[Script: String]>([:])

  /// The script's digest, learnt from the server the first time.
  func digest(of script: Script, on connection: RedisConnection) throws(StoreError) -> String {
    if let digest = known.withLock({ $0[script] }) { return digest }
    let digest = try connection.send(["SCRIPT", "LOAD", script.source]).text(at: "SCRIPT LOAD")
    known.withLock { $0[script] = digest }
    return digest
  }
}
