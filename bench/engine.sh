#!/usr/bin/env bash
# The columns of all ties, beside DuckDB where tools/install has put it, in the same run over the same made-up records.
#
#   bench/engine.sh BIN RECORDS      BIN: the folder with bench_engine
set -euo pipefail
bin=$1
records=$2
for pairs in 200 2000 20000; do
    for part in day spans months more; do
        "$bin/bench_engine" "$part" "$records" "$pairs"
    done
done
