#!/usr/bin/env bash
# go_test.sh EMITTER WORK: what the emitter signs and proves is checked by Go's golang.org/x/mod/sumdb, then what Go
# signs with our key is read by us. Debian's Go finds its packages under /usr/share/gocode; nothing is fetched.
set -euo pipefail
emitter=$1 work=$2
source=$(cd "$(dirname "$0")" && pwd)

command -v go >/dev/null || { echo "go is missing: apt-get install golang-go golang-golang-x-mod-dev"; exit 1; }
export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$work/gocache" GOFLAGS=
[[ -d $GOPATH/src/golang.org/x/mod/sumdb/tlog ]] || { echo "Go's tlog is missing: apt-get install golang-golang-x-mod-dev"; exit 1; }

"$emitter" emit >"$work/emitted.json"
go build -o "$work/outside_check" "$source/outside_check.go"
"$work/outside_check" "$work/emitted.json" "$work/signed.json"
"$emitter" accept "$work/signed.json"
