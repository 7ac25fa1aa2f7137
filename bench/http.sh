#!/usr/bin/env bash
# What the API answers at a fixed rate, counted from when each request was due: records, lists, facets and words,
# relationship pages; beside plain SQL over the same index file through libmicrohttpd (http_peer.cpp), in turns, where
# that was built. Then the rate at which the 99th of 100 takes twice as long, found by doubling and halving.
#
#   [KINDS="lists facets"] bench/http.sh BIN NODE [SECONDS]     BIN: the folder with bench_http, entente and perhaps bench_http_peer
#
# Lists, facets and words are some hundred different questions each, asked over and over. What they cost when they are
# asked first since the log grew is told apart.
set -euo pipefail
bin=$1
node=$2
seconds=${3:-5}
scratch=$(mktemp -d)
declare -A port pid
stop() {
    for server in "${!pid[@]}"; do kill "${pid[$server]}" 2>/dev/null && wait "${pid[$server]}" 2>/dev/null || true; done
    rm -rf "$scratch"
}
trap stop EXIT
begin() { # NAME COMMAND...
    local name=$1
    shift
    "$@" >"$scratch/$name" 2>"$scratch/$name.errors" &
    pid[$name]=$!
    until grep -q 'http://' "$scratch/$name" 2>/dev/null; do sleep 0.1; kill -0 "${pid[$name]}"; done
    port[$name]=$(sed -n 's#.*http://127.0.0.1:\([0-9]*\)/.*#\1#p' "$scratch/$name")
}
servers=(entente)
begin entente "$bin/entente" --node "$node" serve --port 0
if [[ -x $bin/bench_http_peer ]]; then
    servers+=(peer)
    begin peer "$bin/bench_http_peer" "$(ls "$node"/projection-*.db)"
else
    echo "no peer: apt-get install libmicrohttpd-dev, and build again"
fi
get() { curl -s --max-time 600 "http://127.0.0.1:${port[entente]}$1"; }
values() { get "/api/facets/engagement?fields=$1&top=$2" | grep -o '"value":"[^"]*"' | cut -d'"' -f4; }

# The questions.
"$bin/entente" --node "$node" list engagement --limit 500 --ndjson 2>/dev/null |
    sed -n 's#^{"id":"\([a-z0-9]*\)".*#/api/records/\1#p' >"$scratch/records"
conditions() { # also without one
    echo
    for value in $(values category 30); do echo "&where=category=$value"; done
    for value in $(values level 30); do echo "&where=level=$value"; done
    for code in $(values participations.actor 60 | grep -v USA); do echo "&actor=$code"; done
    for year in $(seq 1995 2025); do echo "&where=held=$year"; done
}
conditions >"$scratch/conditions"
mixed() { shuf --random-source=<(yes); }
while read -r condition; do
    for n in 25 50; do echo "/api/records?type=engagement&sort=held:desc&limit=$n$condition"; done
done <"$scratch/conditions" | mixed >"$scratch/lists"
for n in 25 50; do echo "/api/records?type=engagement&limit=$n&sort=title:desc"; done >>"$scratch/lists"
{
    while read -r condition; do
        echo "/api/facets/engagement?fields=category,level,status&top=10$condition"
        echo "/api/facets/engagement?fields=participations.actor&top=20$condition"
    done <"$scratch/conditions"
    for topic in maritime logistics medical cyber joint naval legal border arctic space rescue defence; do
        echo "/api/records?type=engagement&limit=25&text=$topic"
        for form in talks visit course exercise seminar exchange review training workshop patrol; do
            echo "/api/records?type=engagement&limit=25&text=$topic%20$form"
        done
    done
    for form in talks visit course exercise seminar exchange; do echo "/api/records?limit=25&text=$form"; done
} | mixed >"$scratch/facets"
for code in $(values participations.actor 200 | grep -v USA | awk 'NR % 5 == 1'); do echo "/api/relationships/USA/$code"; done >"$scratch/pages"

ask() { # SERVER KIND RATE: prints the line of bench_http and, behind it, requests a second of processor time
    local before after length
    length=$(awk -v s="$seconds" -v r="$3" 'BEGIN { t = 500 / r; if (t > 2 * s) t = 2 * s; if (t < s) t = s; print t }') # of 500, 5 lie beyond the 99th
    before=$(used "$1")
    "$bin/bench_http" "${port[$1]}" "$3" "$length" "$scratch/$2" 64 | tr -d '\n' | tee "$scratch/line"
    after=$(used "$1")
    awk -v b="$before" -v a="$after" -v n="$(sed 's/.*KB each; \([0-9]*\) answers.*/\1/' "$scratch/line")" \
        'BEGIN { printf "; %.0f a second of processor time\n", n / (a - b + 0.001) }'
}
used() { awk '{print ($14 + $15) / '"$(getconf CLK_TCK)"'}' "/proc/${pid[$1]}/stat"; }
p99() { sed -n 's/.*99 % \([0-9.]*\),.*/\1/p' <<<"$1"; }
kept() { awk '{ exit !($5 > 0.95 * $1) }' <<<"$1"; } # answered as fast as due
beyond() { # LINE P99: more than twice that, or not as fast as due
    ! kept "$1" || awk -v a="$(p99 "$1")" -v b="$2" 'BEGIN { exit !(a > 2 * b) }'
}
doubling() { # SERVER KIND RATE P99
    local low=$3 high=$3 line tries
    while ((low < 50000)); do
        high=$((low * 2))
        line=$(ask "$1" "$2" "$high")
        beyond "$line" "$4" && line=$(ask "$1" "$2" "$high") # chance is given a second one
        beyond "$line" "$4" && break
        low=$high
    done
    for tries in 1 2 3; do
        line=$(ask "$1" "$2" $(((low + high) / 2)))
        if beyond "$line" "$4"; then high=$(((low + high) / 2)); else low=$(((low + high) / 2)); fi
    done
    echo "$low"
}
measure() { # KIND RATE AIM FIRST SERVER...     FIRST: at what rate each is asked the first time
    local kind=$1 aim=$2 limit=$3 slowly=$4 server line rate first
    shift 4
    echo "$kind: $(sort -u "$scratch/$kind" | wc -l) questions; aim: at $aim a second, 99 of 100 under $limit ms"
    declare -A best rates
    for server in "$@"; do
        first=$("$bin/bench_http" "${port[$server]}" "$slowly" "$(awk -v r="$slowly" 'END { print NR / r }' "$scratch/$kind")" "$scratch/$kind" 2)
        printf '  %-8s each a first time:%s\n' "$server" "${first#*answered;}"
        # Who does not come to the end of them in twice the time is asked for half of what it answered.
        [[ $first == *" $(wc -l <"$scratch/$kind") answers"* ]] || rates[$server]=$(awk '{ r = int($5 / 2); if (r < 1) r = 1; print r }' <<<"$first")
    done
    for turn in 1 2; do
        for server in "$@"; do
            rate=${rates[$server]:-$aim}
            line=$(ask "$server" "$kind" "$rate")
            while ! kept "$line" && ((rate > 3)); do # it cannot keep up: a quarter of it, then
                printf '  %-8s%s\n' "$server" "$line"
                rate=$((rate / 4))
                line=$(ask "$server" "$kind" "$rate")
            done
            printf '  %-8s%s\n' "$server" "$line"
            rates[$server]=$rate
            best[$server]=$(awk -v a="$(p99 "$line")" -v b="${best[$server]:-1e9}" 'BEGIN { print a < b ? a : b }')
        done
    done
    for server in "$@"; do
        printf '  %-8s 99 %% takes twice the %s ms that it takes at %s a second beyond ' "$server" "${best[$server]}" "${rates[$server]}"
        printf '%s a second\n' "$(doubling "$server" "$kind" "${rates[$server]}" "${best[$server]}")"
    done
}
uptime
wanted() { [[ " ${KINDS:-records lists facets pages} " == *" $1 "* ]]; }
wanted records && measure records 500 50 20 "${servers[@]}"
wanted lists && measure lists 500 50 20 "${servers[@]}"
wanted facets && measure facets 60 150 20 "${servers[@]}"
wanted pages && measure pages 100 100 1 entente
uptime
