#!/usr/bin/env bash
# Every entry and row of the published test vector: `jq -cSj .` gives the same bytes again, and sha256sum its leaf hash.
set -euo pipefail
vector=$(dirname "$0")/vector.tsv
for tool in jq sha256sum xxd; do command -v "$tool" >/dev/null || { echo "$tool is missing"; exit 1; }; done
checked=0
while IFS=$'\t' read -r name leaf bytes; do
    [[ $(printf %s "$bytes" | jq -cSj .) == "$bytes" ]] || { echo "$name: jq writes other bytes"; exit 1; }
    [[ $({ printf '\0'; printf %s "$bytes"; } | sha256sum | cut -c-64 | xxd -r -p | base64) == "$leaf" ]] || { echo "$name: another leaf hash"; exit 1; }
    checked=$((checked + 1))
done <"$vector"
((checked == 6)) || { echo "found $checked entries and rows in the vector, expected 6"; exit 1; }
echo "jq: $checked entries and rows written again byte for byte, leaf hashes by sha256sum"
