#!/usr/bin/env bash
# Compiles, lays out, plans and runs programs that are made of the catalogue's examples by changing their tokens. Usage: bench/fuzz-programs.sh [COUNT [SEED]]
# Fails where one throws or takes a second, or where its layout is another program or has another layout. A count is 10,000,000 for a long run, some hours of two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/Rlm.Fuzz -c Release --nologo -v quiet
dotnet artifacts/bin/Rlm.Fuzz/release/Rlm.Fuzz.dll mutate "${1:-10000000}" "${2:-$RANDOM}"
