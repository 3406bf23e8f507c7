# shellcheck shell=bash
# What is tried. Sourced by run.

# Long enough for all that happens meanwhile: some five minutes of two processors.
iterations=${CHROMATIC_CONTAINERS_ITERATIONS:-800}
settings=(HalfCheetah-v5 --iterations "$iterations" --horizon 100 --finalist-episodes 2 --seed 7)

# as_owner CLONE COMMAND…: as an ordinary user who may use Docker, in the clone's ops/containers.
as_owner() {
  local clone=$1
  shift
  mkdir -p "$work/home/.docker/cli-plugins"
  cp -n "$engine"/config/cli-plugins/* "$work/home/.docker/cli-plugins/" 2>/dev/null || true
  chown -R "$owner" "$work/home"
  (cd "$clone/ops/containers" && exec setpriv --reuid "$owner" --regid "$owner" --clear-groups \
    env HOME="$work/home" DOCKER_HOST="unix://$socket" PATH="$engine/bin:$PATH" COMPOSE_PROGRESS=quiet "$@")
}

compose() { as_owner "$work/clone" docker compose "$@"; }
containers() { compose ps --format '{{.ID}} {{.Service}}' "$@" | sort; }
tool() { compose run --rm --no-TTY tool "$@"; }

# redis USER COMMAND…: asked from inside the server's container.
redis() {
  local user=$1
  shift
  docker exec -e REDISCLI_AUTH="$(cat "$work/clone/secrets/$user.password")" "$(compose ps -q redis)" \
    redis-cli --no-auth-warning --user "$user" "$@"
}

# await SECONDS WHAT COMMAND…: until the command succeeds.
await() {
  local limit=$1 what=$2 start=$SECONDS
  shift 2
  until "$@" >/dev/null 2>&1; do
    [[ $((SECONDS - start)) -lt $limit ]] || fail "$what: not within $limit s"
    sleep 0.5
  done
}

iterations_of() { redis viewer LLEN "chromatic:{default}:run:$1:history"; }
has_iterations() { [[ $(iterations_of "$1") -ge $2 ]]; }
goes_on() {
  local done
  await 60 "$1: an answer of redis" has_iterations trial 0
  done=$(iterations_of trial)
  await 120 "$1: the next iteration" has_iterations trial $((done + 1))
}
all_healthy() {
  local states
  states=$(docker ps -a --filter "name=^/$(project)-" --format '{{.Status}}') || return 1
  [[ -n $states ]] && ! grep -qv '(healthy)' <<<"$states"
}
project() { sed -n 's/^COMPOSE_PROJECT_NAME=//p' "$work/clone/ops/containers/.env"; }
evaluators() { [[ $(redis viewer HLEN 'chromatic:{default}:evaluators') -eq $1 ]]; }

make_clone() {
  rm -rf "$1"
  mkdir -p "$1"
  (cd "$root" && git ls-files -z --cached --others --exclude-standard |
    while IFS= read -r -d '' file; do if [[ -e $file ]]; then printf '%s\0' "$file"; fi; done |
    tar --null -T - -c) | tar -C "$1" -x
  chown -R "$owner:$owner" "$1"
}

# The commands at the head of compose.yaml, in their order and word by word.
follow_header() {
  local line start=$SECONDS
  while read -r line; do
    case $line in
      ops/containers/prepare*) line="cd ../.. && $line" ;;
      *'fetch first'*) await 180 "the end of the run 'first'" has_iterations first 20 ;;
    esac
    say "\$ ${line%%  #*}"
    as_owner "$work/clone" bash -euo pipefail -c "$line" </dev/null >"$work/command.log" 2>&1 ||
      fail "'$line': $(tail -n 3 "$work/command.log")"
    tail -n 3 "$work/command.log" | sed 's/^/    /'
  done < <(sed -n '/^[^#]/q; s/^#   \(.*\)$/\1/p' "$work/clone/ops/containers/compose.yaml")
  [[ -s $work/clone/runs/first/policy.json ]] || fail "runs/first/policy.json was not fetched"
  [[ $(stat -c %u "$work/clone/runs/first/policy.json") -eq $owner ]] || fail "the fetched policy is not the user's"
  say "the header's commands took $((SECONDS - start)) s, images included"
  scale 2
}

scale() { compose up --detach --no-recreate --scale "evaluator=$1" >/dev/null 2>&1 && await 60 "$1 evaluators" evaluators "$1"; }

check_unchanged_up() {
  local before
  before=$(containers --all)
  compose up --build --detach >/dev/null 2>&1
  [[ $(containers --all) == "$before" ]] || fail "$1 recreated: $(diff <(echo "$before") <(containers --all))"
  say "$1 recreated nothing"
}

train_through_scaling() {
  tool submit "${settings[@]}" --name trial >/dev/null
  await 120 "the first iterations" has_iterations trial 2
  local count before
  for count in 4 0 3 2; do
    before=$(containers | grep -v evaluator)
    scale "$count"
    [[ $(containers | grep -v evaluator) == "$before" ]] || fail "scaling to $count recreated other services"
    [[ $count -eq 0 ]] || goes_on "$count evaluators"
  done
  say "evaluators went 2 -> 4 -> 0 -> 3 -> 2, nothing else was recreated"
}

check_guards() {
  local id name wanted
  for id in $(compose ps -q); do
    name=$(docker inspect -f '{{.Name}}' "$id")
    [[ $(docker exec "$id" id -u) -eq $owner ]] || fail "$name runs as $(docker exec "$id" id)"
    ! docker exec "$id" sh -c 'touch /usr/here' 2>/dev/null || fail "$name can write to its file system"
    [[ $(docker exec "$id" sh -c 'grep CapEff /proc/1/status') == *0000000000000000 ]] || fail "$name has capabilities"
    case $name in *-redis-*) wanted=18EB ;; *-dashboard-*) wanted=1F90 ;; *) wanted='' ;; esac
    [[ $(listening "$id") == "$wanted" ]] || fail "$name listens on '$(listening "$id")', expected '$wanted' (hexadecimal)"
  done
  say "every container: user $owner, read-only, no capability, and none but Redis and the dashboard listens"
}
# The ports on which a container listens, Docker's own name server left out.
listening() {
  docker exec "$1" sh -c 'cat /proc/net/tcp /proc/net/tcp6 2>/dev/null' |
    awk '$4 == "0A" && $2 !~ /^0B00007F:/ {sub(/.*:/, "", $2); print $2}' | sort -u
}

check_dashboard() {
  local address
  address=http://$(sed -n 's/^CHROMATIC_DASHBOARD=//p' "$work/clone/ops/containers/.env")
  await 30 "the dashboard's metrics" sh -c "curl -sf $address/metrics | grep -q '^chromatic_redis_up{.*} 1'"
  [[ $(curl -s -o /dev/null -w '%{http_code}' -X POST "$address/") == 405 ]] || fail "the dashboard takes a POST"
  say "the dashboard answers at $address and takes no POST"
}

# As KEDA asks: the length of a key of any kind, by a script.
check_autoscaler() {
  local script="local kind = redis.call('type', KEYS[1]).ok
    if kind == 'list' then return redis.call('llen', KEYS[1]) end
    if kind == 'hash' then return redis.call('hlen', KEYS[1]) end
    return 0"
  local key answer
  for key in tasks leases; do
    answer=$(redis autoscaler EVAL "$script" 1 "chromatic:{default}:$key")
    [[ $answer =~ ^[0-9]+$ ]] || fail "autoscaler, $key: $answer"
  done
  [[ $(redis autoscaler LLEN 'chromatic:{default}:results' 2>&1) == *NOPERM* ]] || fail "autoscaler may read results"
  say "the user autoscaler gets the lengths of tasks and leases, and no other"
}

check_frozen_service() {
  local id pid
  id=$(compose ps -q controller)
  pid=$(docker inspect -f '{{.State.Pid}}' "$id")
  kill -STOP "$pid"
  await 150 "the health check of a frozen controller" health_is "$id" unhealthy
  kill -CONT "$pid"
  await 60 "the health of a controller that goes on" health_is "$id" healthy
  say "a frozen controller was seen to be unhealthy, and healthy again once it went on"
}
health_is() { [[ $(docker inspect -f '{{.State.Health.Status}}' "$1") == "$2" ]]; }

crash_everything() {
  local before id
  before=$(processes)
  for id in $before; do kill -9 "$id"; done
  await 120 "containers after kill -9 of each" all_replaced "$before"
  await 120 "healthy containers after kill -9 of each" all_healthy
  goes_on "after kill -9 of every container"
  say "every container was killed by its host PID; all came back and the run went on"
}
# The host's PIDs of all containers.
processes() { compose ps -q | xargs -n 1 "$engine/bin/docker" -H "unix://$socket" inspect -f '{{.State.Pid}}'; }
# Whether as many processes run as in the list $1, none of it.
all_replaced() {
  local now id
  now=$(processes)
  [[ $(wc -l <<<"$now") -eq $(wc -l <<<"$1") ]] || return 1
  for id in $now; do
    [[ $id -ne 0 ]] && ! grep -qx "$id" <<<"$1" || return 1
  done
}

restart_redis() {
  compose restart redis >/dev/null 2>&1
  await 60 "redis after a restart" has_iterations trial 1
  [[ $(redis viewer HLEN 'chromatic:{default}:runs') -eq 2 ]] || fail "runs are gone after a restart of redis"
  goes_on "after a restart of redis with users"
  say "redis was restarted with users on; both runs are there and the trial went on"
}

rotate_password() {
  local before
  before=$(cat "$work/clone/secrets/evaluator.password")
  rm "$work/clone/secrets/evaluator.password"
  as_owner "$work/clone" ./prepare >/dev/null
  [[ $(cat "$work/clone/secrets/evaluator.password") != "$before" ]] || fail "the password is the old one"
  compose restart redis evaluator >/dev/null 2>&1
  [[ $(REDISCLI_AUTH=$before docker exec -e REDISCLI_AUTH "$(compose ps -q redis)" redis-cli --user evaluator PING 2>&1) == *WRONGPASS* ]] ||
    fail "the old password still signs in"
  goes_on "after a password was changed"
  say "a password was changed as documented: evaluators work with the new one, the old one is refused"
}

restart_engine() {
  stop_engine
  start_engine "$owner"
  await 180 "all containers after the engine was started anew" all_healthy
  goes_on "after the engine was started anew"
  say "the engine was stopped and started anew; all containers came back by themselves and the run went on"
  say "$(iterations_of trial) of $iterations iterations were done by then"
}

compare_with_host() {
  # As long as it goes on, however busy the machine.
  local done
  while done=$(iterations_of trial) && [[ $done -lt $iterations ]]; do
    await 120 "the rest of the trial: the next iteration" has_iterations trial $((done + 1))
  done
  tool watch trial >/dev/null 2>&1
  tool fetch trial >/dev/null
  "$root/.build/release/chromatic" train "${settings[@]}" --output "$work/host" --evaluators 2 >"$work/host.log" 2>&1 </dev/null ||
    fail "train on this machine: $(tail -n 1 "$work/host.log")"
  local file
  for file in policy.json history.jsonl; do
    cmp "$work/clone/runs/trial/$file" "$work/host/$file" || fail "$file differs from this machine's"
  done
  say "the trial ended with the bytes of this machine's own run: policy $(sha256sum "$work/host/policy.json" | cut -c1-16)"
}

check_second_clone() {
  local before
  before=$(containers)
  make_clone "$work/second"
  as_owner "$work/second" ./prepare >/dev/null
  as_owner "$work/second" docker compose up --detach redis >/dev/null 2>&1
  [[ $(containers) == "$before" ]] || fail "a second clone's up touched the first one's containers"
  [[ $(as_owner "$work/second" docker compose ps -q redis) != $(compose ps -q redis) ]] || fail "both clones share a server"
  as_owner "$work/second" docker compose down >/dev/null 2>&1
  say "a second clone's up made a project of its own"
}

check_gym() {
  compose --profile gym up --build --detach --no-recreate >"$work/command.log" 2>&1 || fail "evaluator-gym: $(tail -n 3 "$work/command.log")"
  compose run --rm --no-TTY tool-gym submit gym:Pendulum-v1 --name gym --iterations 2 --perturbations 8 --pivots 2 --evaluations 1 --finalists 1 \
    --finalist-episodes 1 >"$work/command.log" 2>&1 || fail "gym: $(tail -n 2 "$work/command.log")"
  await 180 "a run of gym:Pendulum-v1" has_iterations gym 2
  say "gym:Pendulum-v1 was trained by evaluator-gym"
}

# timed WHAT: how long up --build takes to build now.
timed() {
  local start=$SECONDS
  compose --profile gym --profile tool build -q >/dev/null 2>&1 || fail "build after $1"
  say "build after $1: $((SECONDS - start)) s"
}

measure_builds() {
  timed "no change"
  echo "// A comment." >>"$work/clone/Tests/RunQueueTests/BackOffTests.swift"
  timed "a comment in a test"
  echo "// A comment." >>"$work/clone/services/controller/QueueWatch.swift"
  timed "a comment in the controller"
  sed -i 's/tasks are pending and no evaluator/tasks are waiting and no evaluator/' "$work/clone/services/controller/QueueWatch.swift"
  timed "a changed line of the controller"
}

report_sizes() {
  local debian size image
  debian=$(docker image inspect -f '{{.Size}}' "$(base_of DEBIAN)")
  for image in $(docker images --format '{{.Repository}}' | grep "^$(project)-" | sort); do
    size=$(docker image inspect -f '{{.Size}}' "$image")
    say "image ${image#"$(project)"-}: $(((size - debian) / 1000000)) MB on top of a base of $((debian / 1000000)) MB"
    [[ $image == *gym || $((size - debian)) -le 120000000 ]] || fail "$image is larger than 120 MB on top of its base"
  done
}
