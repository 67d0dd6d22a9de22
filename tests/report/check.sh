#!/usr/bin/env bash
# What a browser makes of the pages of `rlm report`, `rlm explain --html` and `rlm-server`: tests/report/check.sh [RLM RLM-SERVER]
# Needs npm, Debian's chromium and time, and the binaries at bin/rlm and bin/rlm-server or those that are named. Pictures of the pages are left in artifacts/report/pages.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work="$root/artifacts/report"
mkdir -p "$work"
cp "$here"/*.json "$here"/*.mjs "$work"
(cd "$work" && npm install --silent --no-audit --no-fund --no-package-lock)
cd "$root"
node "$work/check.mjs" "${1:-$root/bin/rlm}" "$(command -v chromium)" "$work/pages" "$root"
node "$work/live.mjs" "${1:-$root/bin/rlm}" "${2:-$root/bin/rlm-server}" "$(command -v chromium)" "$work/pages" "$root"
