# Sourced by the scripts: prints steps and their seconds on stderr, one line each.

# Microseconds since the epoch.
now() { local t=$EPOCHREALTIME; echo "${t/[.,]/}"; }

# The seconds since a moment of now(), with one decimal.
seconds_since() { local us=$(($(now) - $1)); echo "$((us / 1000000)).$((us / 100000 % 10))"; }

say() { printf '%s\n' "$*" >&2; }

# step NAME COMMAND…   Runs the command without its output; shows the end of it if the command fails, and exits.
step() {
    local name=$1 started log
    shift
    started=$(now)
    log=$(mktemp "${TMPDIR:-/tmp}/entente-step.XXXXXX")
    printf '%-52s' "$name" >&2
    if "$@" >"$log" 2>&1 </dev/null; then
        printf '%8s s\n' "$(seconds_since "$started")" >&2
        rm -f "$log"
    else
        printf '%8s s  failed\n' "$(seconds_since "$started")" >&2
        tail -n 60 "$log" >&2
        say "The whole output is in $log."
        exit 1
    fi
}

# shown NAME COMMAND…   The same for a command whose output is worth reading; what it prints stays where it prints it.
shown() {
    local name=$1 started status=0
    shift
    started=$(now)
    "$@" || status=$?
    if ((status == 0)); then
        printf '%-52s%8s s\n' "$name" "$(seconds_since "$started")" >&2
    else
        printf '%-52s%8s s  exit %s\n' "$name" "$(seconds_since "$started")" "$status" >&2
    fi
    return "$status"
}
