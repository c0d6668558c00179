#!/usr/bin/env bash
# A real Apache Kafka (KRaft, one node) on loopback, for tests, demonstrations and developers.
#
#   broker.sh up DIR       start the broker of DIR, or leave it when it runs; prints host:port
#   broker.sh down DIR     stop it and wait until it has gone; its data stay in DIR
#   broker.sh status DIR   print host:port and the process, or exit 1 when it does not run
#   broker.sh fetch        only download the broker
#
# DIR holds everything of one broker: ports, pid, configuration, log and data. The ports are chosen once, so a
# broker that is stopped and started again comes back at the same address with the same topics.
# Needs a Java 17 runtime, Maven and kcat (./dev installs them). Messages go to standard error.
set -euo pipefail

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
readonly HERE
readonly LIBRARIES="${SUAR_KAFKA_LIBS:-$HERE/../../.cache/kafka-libs}"
readonly START_SECONDS=60
readonly STOP_SECONDS=30

say() { printf 'broker: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit 2
}

# The jars are complete when the copy of the POM that they were made from lies beside them.
fetch() {
  cmp -s "$HERE/pom.xml" "$LIBRARIES/pom.xml" && return
  say "downloading Apache Kafka (about 55 MB, once)"
  rm -rf "$LIBRARIES"
  mkdir -p "$LIBRARIES"
  mvn --quiet --batch-mode --strict-checksums --file "$HERE/pom.xml" dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$(cd "$LIBRARIES" && pwd)" >&2 </dev/null
  cp "$HERE/pom.xml" "$LIBRARIES/pom.xml"
}

# Kafka wants Java 17 or later; the one that `java` names may be older.
java_program() {
  local candidate
  for candidate in /usr/lib/jvm/java-17-openjdk-*/bin/java; do
    [[ -x $candidate ]] && echo "$candidate" && return
  done
  command -v java || die "no Java runtime found"
}

kafka_java() {
  CLASSPATH="$LIBRARIES/*" "$(java_program)" "-Dlog4j2.configurationFile=$HERE/log4j2.properties" -Xmx512m "$@"
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the range from which the system hands out ports to clients.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    port_is_free "$port" && echo "$port" && return
  done
}

running_pid() {
  local pid
  [[ -r $1/pid ]] || return 1
  pid="$(<"$1/pid")"
  # The pid may have been given to another process since.
  tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "kafka.Kafka $1/server.properties" && echo "$pid"
}

address() { echo "127.0.0.1:$(<"$1/port")"; }

# Ports, configuration and a formatted log directory, made once for each DIR.
prepare() {
  local directory="$1" port controller_port cluster
  [[ -e $directory/prepared ]] && return
  port="$(free_port)"
  controller_port="$(free_port)"
  [[ $port != "$controller_port" ]] || controller_port=$((controller_port + 1))
  echo "$port" >"$directory/port"
  sed -e "s|@PORT@|$port|" -e "s|@CONTROLLER_PORT@|$controller_port|" -e "s|@DIRECTORY@|$directory|" \
    "$HERE/server.properties" >"$directory/server.properties"
  rm -rf "$directory/data"
  cluster="$(kafka_java kafka.tools.StorageTool random-uuid 2>/dev/null)"
  kafka_java kafka.tools.StorageTool format -t "$cluster" -c "$directory/server.properties" \
    >"$directory/format.log" 2>&1 || die "formatting failed, see $directory/format.log"
  touch "$directory/prepared"
}

# In a session of its own, so that Ctrl-C in the terminal leaves the stopping to whoever started it.
launch() {
  local directory="$1"
  CLASSPATH="$LIBRARIES/*" setsid "$(java_program)" "-Dlog4j2.configurationFile=$HERE/log4j2.properties" \
    -Xms256m -Xmx512m -XX:+UseSerialGC kafka.Kafka "$directory/server.properties" \
    >"$directory/broker.log" 2>&1 </dev/null &
  echo "$!" >"$directory/pid"
}

# Ready is when it answers a client, not when its port is open.
wait_until_ready() {
  local directory="$1" deadline=$((SECONDS + START_SECONDS))
  while ((SECONDS < deadline)); do
    kcat -b "$(address "$directory")" -L -m 2 >/dev/null 2>&1 && return
    running_pid "$directory" >/dev/null || return 1
    sleep 0.2
  done
  return 1
}

up() {
  local directory="$1" attempt
  fetch
  mkdir -p "$directory"
  if ! running_pid "$directory" >/dev/null; then
    # A port may be taken between choosing and using it; a broker without data may move to another.
    for attempt in 1 2 3; do
      prepare "$directory"
      launch "$directory"
      wait_until_ready "$directory" && break
      stop "$directory"
      [[ $attempt != 3 && ! -e $directory/served ]] || die "did not start, see $directory/broker.log"
      rm -f "$directory/prepared"
    done
    touch "$directory/served"
  fi
  address "$directory"
}

stop() {
  local directory="$1" pid deadline=$((SECONDS + STOP_SECONDS))
  pid="$(running_pid "$directory")" || return 0
  kill -TERM "$pid"
  while [[ -d /proc/$pid ]] && running_pid "$directory" >/dev/null; do
    ((SECONDS < deadline)) || { kill -KILL "$pid" && break; }
    sleep 0.1
  done
  rm -f "$directory/pid"
}

status() {
  local pid
  pid="$(running_pid "$1")" || { say "not running" && return 1; }
  echo "$(address "$1") pid $pid"
}

usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"; }

main() {
  local directory
  case "${1:-}" in
    fetch) fetch ;;
    up | down | status)
      [[ -n ${2:-} ]] || die "$1 wants the broker's directory"
      directory="$(realpath -m "$2")"
      if [[ $1 == down ]]; then stop "$directory"; else "$1" "$directory"; fi
      ;;
    -h | --help) usage ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
}

main "$@"
