#!/usr/bin/env bash
# Every entry and row of the published test vector: `jq -cSj .` gives the same bytes again, and sha256sum its leaf hash.
set -euo pipefail
vector=$(dirname "$0")/vector.tsv
command -v jq >/dev/null || { echo "jq is missing: apt-get install jq"; exit 1; }
checked=0

leaf_hash() { { printf '\0'; printf %s "$1"; } | sha256sum | cut -c-64; }
hex_of() { base64 -d <<<"$1" | od -An -v -tx1 | tr -d ' \n'; }

while IFS=$'\t' read -r name leaf bytes; do
    [[ $(printf %s "$bytes" | jq -cSj .) == "$bytes" ]] || { echo "$name: jq writes other bytes"; exit 1; }
    [[ $(leaf_hash "$bytes") == "$(hex_of "$leaf")" ]] || { echo "$name: another leaf hash"; exit 1; }
    checked=$((checked + 1))
done <"$vector"
((checked == 6)) || { echo "found $checked entries and rows in the vector, expected 6"; exit 1; }
echo "jq: $checked entries and rows written again byte for byte, leaf hashes by sha256sum"
