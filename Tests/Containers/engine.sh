# shellcheck shell=bash
# A Docker engine of its own in a private directory: Debian's packages, unpacked there and installed nowhere.
# Sourced by run, which sets $work and defines say and fail.

engine=$work/engine
socket=$engine/run/docker.sock
docker_pid=$engine/run/docker.pid

# The release whose packages are new enough; where this machine's libraries are older, runc and iptables,
# which need its C library, come from its own release.
docker_release=trixie
docker_packages=(docker.io docker-cli docker-compose docker-buildx containerd)
host_packages=(runc iptables libip4tc2 libip6tc2 libxtables12 libmnl0 libnetfilter-conntrack3 libnfnetlink0
  libnftnl11 libseccomp2)

# Downloads and unpacks the engine, once.
install_engine() {
  [[ ! -e $engine/complete ]] || return 0
  say "unpacking Debian's docker.io and its plugins into $engine"
  rm -rf "$engine"
  mkdir -p "$engine"/{root,debs,apt/lists/partial,apt/archives/partial,run,data,config/cli-plugins,bin}
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $docker_release main" \
    >"$engine/apt/sources.list"
  local private=(-o "Dir::Etc::SourceList=$engine/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$engine/apt/lists" -o "Dir::Cache=$engine/apt/archives" -o APT::Sandbox::User=root)
  apt-get "${private[@]}" update -qq || fail "apt-get cannot read Debian $docker_release: mend apt's network"
  apt-get update -qq || fail "apt-get update fails: mend apt's sources or network"
  (cd "$engine/debs" && apt-get "${private[@]}" download -qq "${docker_packages[@]}" &&
    apt-get -o APT::Sandbox::User=root download -qq "${host_packages[@]}") ||
    fail "apt-get cannot download the engine's packages"
  for package in "$engine"/debs/*.deb; do dpkg -x "$package" "$engine/root"; done
  local file
  for file in "$engine"/root/usr/{bin,sbin}/* "$engine"/root/sbin/*; do
    [[ -e $file ]] && ln -sf "$file" "$engine/bin/$(basename "$file")"
  done
  for file in iptables ip6tables; do
    ln -sf "$(realpath "$engine/bin/$file-legacy")" "$engine/bin/$file"
    ln -sf "$(realpath "$engine/bin/$file-legacy")" "$engine/bin/$file-save"
    ln -sf "$(realpath "$engine/bin/$file-legacy")" "$engine/bin/$file-restore"
  done
  cp "$engine"/root/usr/libexec/docker/cli-plugins/* "$engine/config/cli-plugins/"
  touch "$engine/complete"
}

# with_engine COMMAND…: runs it with the engine's programs and libraries.
with_engine() {
  local library=usr/lib/$(uname -m)-linux-gnu
  PATH=$engine/bin:$PATH LD_LIBRARY_PATH=$engine/root/$library:$engine/root/lib/$(uname -m)-linux-gnu \
    XTABLES_LIBDIR=$engine/root/$library/xtables "$@"
}

docker() { DOCKER_HOST=unix://$socket DOCKER_CONFIG=$engine/config "$engine/bin/docker" "$@"; }

# Starts the engine and comes back when it answers; ordinary users of group $1 may use it.
start_engine() {
  local mtu
  # Containers' packets may be no larger than what leaves this machine.
  mtu=$(cat /sys/class/net/"$(ip route show default | grep -o 'dev [^ ]*' | head -n 1 | cut -d' ' -f2)"/mtu)
  with_engine setsid dockerd --host "unix://$socket" --group "$1" --data-root "$engine/data" \
    --exec-root "$engine/run/exec" --pidfile "$docker_pid" --mtu "$mtu" >>"$engine/log" 2>&1 </dev/null &
  until docker info >/dev/null 2>&1; do
    kill -0 $! 2>/dev/null || fail "dockerd has ended: $(tail -n 1 "$engine/log"); see $engine/log"
    sleep 0.2
  done
  chmod 755 "$engine" "$engine/run"
}

# Stops the engine as a reboot does, containers included.
stop_engine() {
  [[ -e $docker_pid ]] || return 0
  local pid
  pid=$(cat "$docker_pid")
  kill "$pid" 2>/dev/null || return 0
  while kill -0 "$pid" 2>/dev/null; do sleep 0.2; done
}

# What dockerd changes of this machine's network, to be put back.
remember_network() {
  with_engine iptables-save >"$work/iptables.before"
  with_engine ip6tables-save >"$work/ip6tables.before" 2>/dev/null || true
  cat /proc/sys/net/ipv4/ip_forward >"$work/forward.before"
}

restore_network() {
  [[ -e $work/iptables.before ]] || return 0
  local link
  for link in $(ip -brief link show type bridge | awk '$1 ~ /^(docker0|br-[0-9a-f]{12})$/ {print $1}'); do
    ip link delete "$link" || true
  done
  with_engine iptables-restore <"$work/iptables.before"
  [[ ! -s $work/ip6tables.before ]] || with_engine ip6tables-restore <"$work/ip6tables.before"
  cat "$work/forward.before" >/proc/sys/net/ipv4/ip_forward
}
