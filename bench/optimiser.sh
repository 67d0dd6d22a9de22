#!/usr/bin/env bash
# Runs random programs as a run orders them and as they are written: the same value, and never more calls. Usage: bench/optimiser.sh [COUNT [SEED]]
# Fails where two differ. 100,000 take about an hour of one core.
set -euo pipefail
cd "$(dirname "$0")/.."
RLM_PROGRAMS="${1:-100000}" RLM_SEED="${2:-$RANDOM}" dotnet test tests/Rlm.Runtime.Tests -c Release --nologo \
  --filter "FullyQualifiedName~StageOrderTests" --logger "console;verbosity=detailed"
