# shellcheck shell=bash
# The pinned bases of the images: pulled, or, where no registry of images can be reached, made of Debian's
# packages and this machine's Swift under the same names. Sourced by run.

# The names that the Dockerfile and the compose file pin.
base_of() { sed -n "s/^ARG $1=//p" "$root/ops/containers/Dockerfile"; }
redis_base() { sed -n 's/^ *image: \(redis:.*\)$/\1/p' "$root/ops/containers/compose.yaml" | head -n 1; }

have_image() { docker image inspect "$1" >/dev/null 2>&1; }

ensure_bases() {
  local debian swift redis
  debian=$(base_of DEBIAN) swift=$(base_of SWIFT) redis=$(redis_base)
  for image in "$debian" "$swift" "$redis"; do
    have_image "$image" || timeout 30 "$engine/bin/docker" -H "unix://$socket" pull -q "$image" >/dev/null 2>&1 ||
      say "$image cannot be pulled: making a stand-in of that name"
  done
  have_image "$debian" || make_debian "$debian"
  have_image "$swift" || make_swift "$swift" "$debian"
  have_image "$redis" || make_redis "$redis" "$debian"
}

# What this machine says to apt, pip and git, so that images are made with the same sources.
make_debian() {
  local tree=$work/debian
  command -v debootstrap >/dev/null || apt-get install -y -qq debootstrap >/dev/null ||
    fail "debootstrap is missing: apt-get install debootstrap"
  rm -rf "$tree"
  debootstrap --variant=minbase bookworm "$tree" >"$work/debootstrap.log" 2>&1 ||
    fail "debootstrap fails: $(tail -n 1 "$work/debootstrap.log")"
  cat >"$tree/etc/apt/sources.list" <<'END'
deb http://deb.debian.org/debian bookworm main
deb http://deb.debian.org/debian bookworm-updates main
deb http://deb.debian.org/debian-security bookworm-security main
END
  # As Debian's own images: apt keeps no caches.
  cat >"$tree/etc/apt/apt.conf.d/docker-clean" <<'END'
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
END
  mkdir -p "$tree/etc/ssl/certs"
  tar -C "$tree" --exclude=./usr/share/{doc,man,locale,info} --exclude=./{proc,sys,dev}/* \
    --exclude=./var/cache/apt/archives/*.deb --exclude=./var/lib/apt/lists/* -c . |
    docker import --change 'CMD ["bash"]' - "$1" >/dev/null
  rm -rf "$tree"
}

make_swift() {
  local context=$work/swift toolchain mirror
  toolchain=$(dirname "$(dirname "$(realpath "$(command -v swift)")")")
  rm -rf "$context"
  mkdir -p "$context/etc/ssl/certs" "$context/mirrors"
  cp -al "$toolchain" "$context/toolchain" 2>/dev/null || cp -a "$toolchain" "$context/toolchain"
  cp /etc/ssl/certs/ca-certificates.crt "$context/etc/ssl/certs/"
  [[ ! -e /etc/pip.conf ]] || cp /etc/pip.conf "$context/etc/"
  # Where git fetches packages from a directory of this machine, so does the image.
  git config --system --list >/dev/null 2>&1 && cp /etc/gitconfig "$context/etc/"
  while read -r mirror; do
    [[ -d $mirror ]] || continue
    mkdir -p "$context/mirrors$mirror" && cp -a "$mirror/." "$context/mirrors$mirror/"
  done < <(git config --get-regexp '^url\..*\.insteadof$' | sed 's/^url\.\(.*\)\.insteadof .*/\1/' | sort -u)
  cat >"$context/Dockerfile" <<END
FROM $2
RUN apt-get update && apt-get install -y --no-install-recommends binutils ca-certificates git libc6-dev \\
  libcurl4-openssl-dev libedit2 libgcc-12-dev libncurses-dev libpython3-dev libsqlite3-0 libstdc++-12-dev \\
  libxml2-dev libz3-dev pkg-config tzdata zlib1g-dev && rm -rf /var/lib/apt/lists/*
COPY toolchain /usr/
COPY etc /etc/
COPY mirrors /
RUN git config --system --add safe.directory '*' && swift --version
END
  docker build -q -t "$1" "$context" >/dev/null
  rm -rf "$context"
}

make_redis() {
  docker build -q -t "$1" - >/dev/null <<END
FROM $2
RUN apt-get update && apt-get install -y --no-install-recommends redis-server && rm -rf /var/lib/apt/lists/*
WORKDIR /data
CMD ["redis-server"]
END
}
