#!/usr/bin/env bash
# How fast training reports come in, beside two programs that only store their cells, in one run on the same disk:
#
#   bare sqlite3 .import   the decompressed files into one table with one index
#   DuckDB read_csv        the decompressed files into one table
#
#   bench/run import FOLDER     FOLDER holds fmtrpt_FY*.tsv.zst
#
# Each is run three times; printed are the medians, rows a second, peak memory, bytes a row, the ratios, and whether
# each aim was met. Every row
# of Entente's is validated, hashed, put into a tree, signed for, indexed for search and linked to its actors.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:?folder with fmtrpt_FY*.tsv.zst}
bin=$PWD/${2:-build/bench/bin}
entente=$bin/entente
work=build/bench/import
rm -rf "$work" && mkdir -p "$work/plain"
for file in "$folder"/fmtrpt_FY*.tsv.zst; do
    name=${file##*/}
    zstd -dqf "$file" -o "$work/plain/${name%.zst}"
done
rows=$(cat "$work"/plain/*.tsv | grep -vc '^training:id:admin')

# measure NAME COMMAND…   Appends "seconds kilobytes" to NAME.times.
measure() {
    local name=$1; shift
    /usr/bin/time -a -o "$work/$name.times" -f '%e %M' "$@" >"$work/$name.out"
}
median() { sort -g -k1 "$work/$1.times" | sed -n 2p; }

{
    echo 'PRAGMA journal_mode=WAL;'
    echo 'CREATE TABLE line(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p); CREATE INDEX line_country ON line(c,d);'
    printf '.mode ascii\n.separator "\\t" "\\n"\n'
    for file in "$work"/plain/*.tsv; do echo ".import --skip 1 $file line"; done
} >"$work/import.sql"
duckdb=
[[ ! -x $bin/bench_duckdb ]] || duckdb=$bin/bench_duckdb
for run in 1 2 3; do
    rm -rf "$work/node" "$work/keys" "$work/bare.db" "$work/duck.db"
    "$entente" --node "$work/node" init --home USA --keys "$work/keys" >/dev/null 2>&1
    measure entente "$entente" --node "$work/node" import fmtrpt "$folder"/fmtrpt_FY*.tsv.zst
    measure sqlite sh -c "sqlite3 $work/bare.db <$work/import.sql"
    [[ -z $duckdb ]] || measure duckdb "$duckdb" "$work/duck.db" "$work"/plain/*.tsv
done

bytes=$(($(stat -c %s "$work/node/ledger.db") + $(stat -c %s "$work"/node/projection-*.db)))
read -r seconds memory < <(median entente)
own_seconds=$seconds own_memory=$memory
awk -v rows="$rows" -v s="$seconds" -v m="$memory" -v b="$bytes" 'BEGIN {
    printf "%-24s%8.2f s%12.0f rows/s%8.0f MB peak%8.2f KB a row, both files\n", "entente import fmtrpt", s, rows / s, m / 1024, b / rows / 1000 }'
for peer in sqlite duckdb; do
    [[ -s $work/$peer.times ]] || continue
    read -r other memory < <(median "$peer")
    awk -v name="$peer" -v rows="$rows" -v s="$seconds" -v o="$other" -v m="$memory" 'BEGIN {
        printf "%-24s%8.2f s%12.0f rows/s%8.0f MB peak    Entente takes %.1f times as long\n", (name == "sqlite" ? "sqlite3 .import" : "DuckDB read_csv"), o, rows / o, m / 1024, s / o }'
done

# The aims, and whether this run met them.
read -r other _ < <(median sqlite)
awk -v rows="$rows" -v s="$own_seconds" -v o="$other" -v m="$own_memory" -v b="$bytes" '
    function tell(aim, found, met) { printf "%-52s%10s   %s\n", aim, found, met ? "met" : "missed" }
    BEGIN {
        print ""
        tell("At most 4 times as long as sqlite3 .import", sprintf("%.1f times", s / o), s <= 4 * o)
        tell("Peak memory below 400 MB", sprintf("%.0f MB", m / 1024), m / 1024 < 400)
        tell("Both files below 1.5 KB a row", sprintf("%.2f KB", b / rows / 1000), b / rows < 1500)
    }'
