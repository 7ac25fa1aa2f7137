#!/usr/bin/env bash
# Relational event models beside R's coxph (r-cran-survival), and beside the figures that others have printed.
#
#   bench/relational.sh BIN      BIN: the folder with bench_relational
#
# R sees the stacked table: every pair at every event while it needs at most three quarters of the free memory, else
# 20 controls an event, and then so do we. The longest part, 50 actors x 10,000 events, takes R many minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$1
threads=$(nproc)
table=$(mktemp)
trap 'rm -f "$table"' EXIT

free_mb() { awk '/MemAvailable/ {print int($2 / 1024)}' /proc/meminfo; }

beside_r() { # actors events controls set
    command -v Rscript >/dev/null || { echo "  R is not here"; return; }
    "$bin/bench_relational" table "$1" "$2" "$3" "$table" "$4"
    Rscript bench/relational.R "$table" 5 || echo "  R coxph   did not finish"
}

part() { # actors events set
    local rows=$(($1 * ($1 - 1) * $2))
    echo "$1 actors, $2 events, 5 statistics ($3), all $rows pairs at events"
    "$bin/bench_relational" fit "$1" "$2" 0 1 "$3"
    ((threads == 1)) || { echo "  with $threads threads"; "$bin/bench_relational" fit "$1" "$2" 0 "$threads" "$3"; }
    # Some 540 bytes a row were seen in R.
    if ((rows / 1000000 * 540 < $(free_mb) * 3 / 4)); then
        beside_r "$1" "$2" 0 "$3"
    else
        echo "  the whole table is too large for R; both with 20 controls an event"
        "$bin/bench_relational" fit "$1" "$2" 20 1 "$3"
        beside_r "$1" "$2" 20 "$3"
    fi
}

part 50 1000 counts
part 50 10000 counts
part 50 10000 decay
part 200 10000 counts
part 200 100000 counts
part 200 100000 decay
echo "Printed by others, on other machines: goldfish, 50 actors x 10,000 events: 88 to 100 s;"
echo "eventnet, 200 x 100,000: 909 s of processor time (MEASURES.md 17)."
