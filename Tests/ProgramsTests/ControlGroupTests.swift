import Testing

@testable import Programs

/// What the kernel says of control groups in containers, in services and outside both.
@Suite struct ControlGroupTests {
  private func quota(_ groups: String, _ mounts: String, _ files: [String: String]) -> Double? {
    ControlGroups(groups: groups, mounts: mounts) { files[$0] }.processorQuota
  }

  private static let unified = "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw\n"

  @Test func `in a container of version 2 the quota lies where the mount is`() {
    #expect(quota("0::/\n", Self.unified, ["/sys/fs/cgroup/cpu.max": "150000 100000\n"]) == 1.5)
    #expect(quota("0::/\n", Self.unified, ["/sys/fs/cgroup/cpu.max": "max 100000\n"]) == nil)
    #expect(quota("0::/\n", Self.unified, [:]) == nil)
  }

  @Test func `the strictest of the group and those above it counts`() {
    let files = [
      "/sys/fs/cgroup/system.slice/cpu.max": "200000 100000",
      "/sys/fs/cgroup/system.slice/ring.service/cpu.max": "700000 100000",
      "/sys/fs/cgroup/system.slice/ring.service/a/cpu.max": "max 100000",
      "/sys/fs/cgroup/user.slice/cpu.max": "10000 100000",
    ]
    #expect(quota("0::/system.slice/ring.service/a\n", Self.unified, files) == 2)
  }

  @Test func `version 1 has a hierarchy for processors, and minus one for no limit`() {
    let groups =
      "4:memory:/docker/abc\n3:cpu,cpuacct:/docker/abc\n1:name=systemd:/docker/abc\n0::/\n"
    let mounts =
      "33 32 0:29 /docker/abc /sys/fs/cgroup/cpu,cpuacct ro master:9 - cgroup cgroup rw,cpu,cpuacct\n"
      + "34 32 0:30 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n"
      + "31 32 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n"
    let directory = "/sys/fs/cgroup/cpu,cpuacct"
    #expect(
      quota(
        groups, mounts,
        [
          "\(directory)/cpu.cfs_quota_us": "300000\n", "\(directory)/cpu.cfs_period_us": "100000\n",
        ]) == 3)
    #expect(
      quota(
        groups, mounts,
        [
          "\(directory)/cpu.cfs_quota_us": "-1\n", "\(directory)/cpu.cfs_period_us": "100000\n",
        ]) == nil)
  }

  @Test(arguments: ["", ":", "0::", "0::/../..", "x", "0::/a:b"])
  func `texts that no kernel writes limit nothing and end nothing`(groups: String) {
    for mounts in ["", "- ", "1 2 3 4 5 6 - cgroup2", Self.unified] {
      #expect(quota(groups, mounts, ["/sys/fs/cgroup/cpu.max": "100"]) == nil)
      #expect(quota(groups, mounts, ["/sys/fs/cgroup/cpu.max": "0 0"]) == nil)
    }
  }

  @Test(
    arguments: [
      ("Name:\tx\nCpus_allowed:\tff\nCpus_allowed_list:\t0-3,8\nMems:\t1\n", 5),
      ("Cpus_allowed_list:\t7\n", 1), ("Cpus_allowed_list:\t\n", nil), ("", nil),
      ("Cpus_allowed_list:\t3-1", nil), ("Cpus_allowed_list:\ta-b", nil),
      ("Cpus_allowed_list:\t0-99999999999999999999", nil),
    ] as [(String, Int?)])
  func `the affinity mask is counted as the kernel lists it`(status: String, count: Int?) {
    #expect(AvailableProcessors.affinity(status: status) == count)
  }

  @Test func `this process may use a processor at least`() {
    #expect(AvailableProcessors.count >= 1)
  }
}
