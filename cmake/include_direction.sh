#!/usr/bin/env bash
# The folders of src/ are a one-way list: a file includes only from its own folder and from those before it. The
# linker refuses a call upwards; this refuses what the linker cannot see, such as an upward header without code.
# Prints each include that breaks the rule as file:line and exits 1 if there is any.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../src"

grep -rnE --include='*.h' --include='*.cc' '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' . |
  awk -F: '
    BEGIN {
      count = split("event reference rules engine alert kafka service cli", order, " ")
      for (i = 1; i <= count; i++) rank[order[i]] = i
    }
    # Of the simulator, which stands beside the list: it sees events and reference data, only the command line sees it.
    function allowed(from, to) {
      if (from == to) return 1
      if (from == "simulator") return to == "event" || to == "reference"
      if (to == "simulator") return from == "cli"
      return rank[to] < rank[from]
    }
    {
      split($1, path, "/"); from = path[2]
      match($0, /"[^"]*"/); included = substr($0, RSTART + 1, RLENGTH - 2)
      to = included; sub(/\/.*/, "", to)  # or the folder of a library, which is free to all
      if (included !~ /\// || to == "..") {
        printf "src/%s:%s: \"%s\" is not rooted at src\n", substr($1, 3), $2, included; bad = 1
      } else if ((to in rank || to == "simulator") && !allowed(from, to)) {
        printf "src/%s:%s: %s may not include %s (\"%s\")\n", substr($1, 3), $2, from, to, included; bad = 1
      }
    }
    END { exit bad }'
