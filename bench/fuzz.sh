#!/usr/bin/env bash
# Compares the pattern engine with .NET's on random patterns and texts, other ones at each run. Usage: bench/fuzz.sh [PATTERNS [SEED]]
# Each pattern is tried on 40 texts. The suite does the same with 2,500 patterns and one seed.
set -euo pipefail
cd "$(dirname "$0")/.."
export RLM_FUZZ_PATTERNS=${1:-50000} RLM_FUZZ_SEED=${2:-$RANDOM$RANDOM}
echo "$RLM_FUZZ_PATTERNS patterns, seed $RLM_FUZZ_SEED"
dotnet test tests/Rlm.Runtime.Tests -c Release --nologo --filter FullyQualifiedName~Find_RandomPatternsAndTexts
