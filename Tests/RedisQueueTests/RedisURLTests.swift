import Foundation
import RedisQueue
import ServerTestKit
import Testing

@Suite struct RedisURLTests {
  @Test(arguments: [
    ("redis://localhost", "redis://localhost:6379"),
    ("redis://10.0.0.7:7000/3", "redis://10.0.0.7:7000/3"),
    ("redis://[::1]:7000", "redis://[::1]:7000"),
    ("redis://alice:pa%40ss@host", "redis://alice@host:6379"),
    ("redis://:secret@host:1/0", "redis://host:1"),
    ("rediss://alice:pw@host:6380/1", "rediss://alice@host:6380/1"),
    ("REDIS://host", "redis://host:6379"),
    ("unix:///run/redis.sock", "unix:///run/redis.sock"),
    ("unix://alice:pw@/run/a%20b.sock", "unix://alice@/run/a b.sock"),
    ("unix:///run/redis.sock?db=3", "unix:///run/redis.sock?db=3"),
    ("redis://hunter2@host", "redis://host:6379"),
    (" redis://:pw@host:1/2\n", "redis://host:1/2"),
    ("redis+sentinel://a,[::1]:7/ours", "redis+sentinel://a:26379,[::1]:7/ours"),
    ("rediss+sentinel://u:pw@a:1/ours/2", "rediss+sentinel://u@a:1/ours/2"),
  ])
  func `a URL is read and shown without its password`(text: String, shown: String) throws {
    #expect(try RedisURL(text, environment: [:]).description == shown)
  }

  private static let advice = "write redis://host:6379 or unix:///path/to/socket"

  @Test(arguments: [
    ("", "'' is no Redis URL: \(advice)"),
    ("host:6379", "'host:6379' is no Redis URL: \(advice)"),
    ("http://host", "'http://' is no scheme for Redis: \(advice)"),
    ("redis://", "a Redis URL needs a host: redis://host:6379"),
    (
      "redis+sentinel://a:1",
      "the URL of a Sentinel ends with the primary's name: redis+sentinel://host:26379/NAME"
    ),
    ("redis+sentinel://a,/ours", "a Redis URL needs a host: redis://host:6379"),
    ("redis://:6379", "a Redis URL needs a host: redis://host:6379"),
    ("redis://host:0", "'0' is no port of a Redis URL: use a number from 1 to 65535"),
    (
      "redis://alice:hunter2",
      "what stands behind the last ':' is no port of a Redis URL: use a number from 1 to 65535"
    ),
    ("redis://[::1", "'[::1' lacks the closing bracket of an IPv6 address"),
    (
      "redis://host/x",
      "'x' is no database number of a Redis URL: use /0, /1, …, for a socket ?db=1"
    ),
    (
      "unix:///a?db=-1",
      "'-1' is no database number of a Redis URL: use /0, /1, …, for a socket ?db=1"
    ),
    ("redis://u:se%zzcret@h", "the password of the Redis URL is wrongly escaped: write % as %25"),
    ("alice:secret@host", "'•••@host' is no Redis URL: \(advice)"),
    ("unix://run/redis.sock", "a unix Redis URL needs an absolute path: unix:///path/to/socket"),
  ])
  func `what is no URL is refused in one line`(text: String, line: String) {
    let error = #expect(throws: RedisURL.ParseError.self) {
      _ = try RedisURL(text, environment: [:])
    }
    #expect(error?.description == line)
  }

  @Test func `a socket path longer than the system allows is refused`() throws {
    let longest = "/" + String(repeating: "a", count: 106)
    #expect(try RedisURL("unix://\(longest)", environment: [:]).endpoint == .unix(path: longest))
    #expect(throws: RedisURL.ParseError.self) {
      _ = try RedisURL("unix://\(longest)b", environment: [:])
    }
  }

  @Test func `the password comes from the URL, the environment or a file, in this order`() throws {
    let directory = try TestDirectory()
    let file = "\(directory.path)/password"
    try Data("from file\n".utf8).write(to: URL(fileURLWithPath: file))
    var environment = ["CHROMATIC_REDIS_PASSWORD_FILE": file]
    let password = { text in try RedisURL(text, environment: environment).password }
    #expect(try password("redis://host") == RedisPassword("from file"))
    environment["CHROMATIC_REDIS_PASSWORD"] = "from environment"
    #expect(try password("redis://host") == RedisPassword("from environment"))
    #expect(try password("redis://:from%20URL@host") == RedisPassword("from URL"))
  }

  /// redis-cli's own form; with a password from elsewhere it is the user's name.
  @Test func `a lone word before the host is the password unless there is one`() throws {
    let alone = try RedisURL("redis://hunter2@host", environment: [:])
    #expect(alone.user == nil && alone.password == RedisPassword("hunter2"))
    let named = try RedisURL(
      "redis://alice@host", environment: ["CHROMATIC_REDIS_PASSWORD": "secret\r\n"])
    #expect(named.user == "alice" && named.password == RedisPassword("secret"))
    #expect(try RedisURL("unix://pw@/a?db=7", environment: [:]).database == 7)
  }

  @Test func `an unreadable or empty password file is named`() throws {
    let directory = try TestDirectory()
    for (name, contents) in [("absent", nil), ("empty", "")] {
      let file = "\(directory.path)/\(name)"
      if let contents { try Data(contents.utf8).write(to: URL(fileURLWithPath: file)) }
      let error = #expect(throws: RedisURL.ParseError.self) {
        _ = try RedisURL("redis://host", environment: ["CHROMATIC_REDIS_PASSWORD_FILE": file])
      }
      #expect(error?.description.contains(file) == true)
    }
  }

  @Test func `no way of printing shows the password`() throws {
    let url = try RedisURL("redis://alice:hunter2@host", environment: [:])
    var dumped = ""
    dump(url, to: &dumped)
    for text in ["\(url)", String(reflecting: url), String(describing: url.password), dumped] {
      #expect(!text.contains("hunter2"))
    }
  }
}
