#!/usr/bin/env bash
# The measures of one tie and of many, each size ten times the one before; survival fits beside R where Rscript is there.
#
#   bench/measures.sh BIN      BIN: the folder with bench_measures
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$1
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
for partners in 20 200 2000; do "$bin/bench_measures" partners "$partners" 150; done
"$bin/bench_measures" partners 200 1500
for records in 150 1500 15000; do "$bin/bench_measures" more "$records"; done
for months in 10000 100000 1000000; do "$bin/bench_measures" segments "$months"; done
for count in 500 5000 50000; do
    "$bin/bench_measures" lifetimes "$count" "$rows"
    if command -v Rscript >/dev/null; then Rscript bench/lifetimes.R "$rows"; else echo "  R is not here"; fi
done
