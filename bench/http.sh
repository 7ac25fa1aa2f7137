#!/usr/bin/env bash
# What the API answers at a fixed rate, counted from when each request was due: records and lists, facets and words,
# relationship pages. A rate is doubled until the 99th of 100 takes twice as long as at the first, or ten seconds.
#
#   bench/http.sh BIN NODE [SECONDS]     BIN: the folder with bench_http and entente
set -euo pipefail
bin=$1
node=$2
seconds=${3:-5}
paths=$(mktemp -d)
"$bin/entente" --node "$node" serve --port 0 >"$paths/said" 2>"$paths/errors" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$paths"' EXIT
until grep -q 'http://' "$paths/said" 2>/dev/null; do sleep 0.1; kill -0 "$server"; done
port=$(sed -n 's#.*http://127.0.0.1:\([0-9]*\)/.*#\1#p' "$paths/said")
ask() { "$bin/bench_http" "$port" "$@" 64; }
used() { awk '{print ($14 + $15) / '"$(getconf CLK_TCK)"'}' "/proc/$server/stat"; }
ids=$("$bin/entente" --node "$node" list engagement --limit 200 --ndjson 2>/dev/null | sed -n 's/^{"id":"\([a-z0-9]*\)".*/\1/p')
for id in $ids; do echo "/api/records/$id"; done >"$paths/records"
for n in 25 50; do for sort in held title; do echo "/api/records?type=engagement&limit=$n&sort=$sort:desc"; done; done >"$paths/lists"
printf '%s\n' '/api/facets/engagement?fields=category,level,status&top=10' '/api/records?type=engagement&text=talks' \
    '/api/records?text=maritime&limit=25' '/api/facets/engagement?fields=participations.actor&top=20' >"$paths/facets"
for code in CHN THA IDN COL PAK FJI DEU JPN PHL KOR; do echo "/api/relationships/USA/$code"; done >"$paths/pages"
echo "/api/relationships" >>"$paths/pages"
measure() { # NAME FIRST AIM
    local rate=$2 before after
    # Each path once: a page that is kept is made before the clock runs.
    "$bin/bench_http" "$port" 20 "$(awk 'END { print NR / 20 }' "$paths/$1")" "$paths/$1" 4 >/dev/null
    echo "$1 (aim: at $2 a second, 99 of 100 under $3 ms)"
    for _ in 1 2 3; do
        before=$(used)
        printf '  '
        ask "$rate" "$seconds" "$paths/$1"
        after=$(used)
        awk -v b="$before" -v a="$after" -v n="$(awk -v r="$rate" -v s="$seconds" 'BEGIN { print r * s }')" \
            'BEGIN { printf "         %.0f requests a second of processor time\n", n / (a - b + 0.001) }'
        rate=$((rate * 2))
    done
}
measure records 500 50
measure lists 500 50
measure facets 60 150
measure pages 100 100
