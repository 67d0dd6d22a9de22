#!/usr/bin/env bash
# Installs what scripts/release.sh made, each way that README names, into folders of its own, and runs it.
# Usage: scripts/check-release.sh      Needs dpkg, objdump and curl. Where they are there, lintian looks at the package, and qemu-x86_64-static is an old processor.
set -euo pipefail
cd "$(dirname "$0")/.."
source=$PWD
release=$PWD/artifacts/release
version=$(dotnet msbuild src/Rlm.Cli -getProperty:Version)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "check-release: $1" >&2
    exit 1
}

# is_answering RLM…: it runs, is of the version, and answers.
is_answering() {
    [ "$("$@" --version)" = "rlm $version" ] || fail "$* is not of version $version"
    [ "$("$@" ask -q --model offline "Which host has the most errors?" -c "$source/samples/server.log")" = api-02 ] || fail "$* does not answer"
}

(cd "$release" && sha256sum --check --quiet SHA256SUMS) || fail "SHA256SUMS is not of these files"
[ "$(ls "$release" | wc -l)" -eq $(($(wc -l <"$release/SHA256SUMS") + 1)) ] || fail "SHA256SUMS leaves a file out"

# README's block is run as it stands, where its release lies; what it would change of this machine goes to a folder.
cp "$release"/* "$work/"
(
    cd "$work"
    export HOME=$work/home DOTNET_CLI_HOME=$work/home NUGET_PACKAGES=$work/home/packages
    unset OPENAI_API_KEY OPENAI_BASE_URL ANTHROPIC_API_KEY
    export RLM_MODEL=offline
    mkdir -p "$HOME" root/var/lib/dpkg/{info,updates,triggers}
    touch root/var/lib/dpkg/{status,available}
    sudo() { "$@"; }
    dpkg() { command dpkg --root="$work/root" --log=/dev/null --force-depends "$@"; }
    # Of the release alone, without any registry.
    dotnet() { if [ "$1" = tool ]; then command dotnet "$@" --ignore-failed-sources --configfile "$work/nuget.config"; else command dotnet "$@"; fi; }
    echo '<configuration><packageSources><clear /></packageSources></configuration>' >nuget.config
    block=$(awk '/^```sh$/ { on = 1; next } /^```$/ { if (on) exit } on' "$source/README.md")
    eval "$block" >"$work/out" 2>&1 || { cat "$work/out" >&2; fail "README's block fails"; }
    "$source/tests/readme/check.sh" "$(dirname "$(command -v rlm)")" . || fail "README's examples on the archive"
) || exit 1

# is_serving RLM: it starts the server that stands beside it, and ends with it.
is_serving() {
    local address=$work/address url="" server
    "$1" serve -q --model offline --listen 127.0.0.1:0 >"$address" 2>/dev/null &
    server=$!
    for _ in $(seq 200); do
        url=$(cat "$address")
        [ -z "$url" ] || break
        sleep 0.05
    done
    curl -sS --fail "$url/models" | grep -q '"id":"rlm"' || fail "$1 does not serve"
    kill "$server"
    wait "$server" || fail "$1 does not end as its server does"
}

is_answering "$work/rlm-$version-linux-x64/bin/rlm"
is_serving "$work/rlm-$version-linux-x64/bin/rlm"
is_serving "$work/root/usr/bin/rlm"
is_answering "$work/root/usr/bin/rlm"
is_answering "$work/home/.dotnet/tools/rlm"
tests/readme/check.sh "$work/root/usr/bin" "$work/root/usr/share/doc/rlm/examples" || fail "README's examples on the package"
cmp -s <("$work/root/usr/bin/rlm" help --man) <(gzip -dc "$work/root/usr/share/man/man1/rlm.1.gz") || fail "the manual page is another"
cmp -s "$work/root/usr/share/doc/rlm/THIRD-PARTY-NOTICES" THIRD-PARTY-NOTICES || fail "the notices are others"
dpkg --root="$work/root" --log=/dev/null --force-depends --purge rlm >/dev/null 2>&1 || fail "the package cannot be removed"
[ -z "$(find "$work/root/usr" -name '*rlm*' 2>/dev/null)" ] || fail "the package leaves files behind"

# Whatever has to do with workers is done by the program that stands beside it.
folder=$work/rlm-$version-linux-x64/bin
[ "$("$folder/rlm-worker" --version)" = "rlm-worker $version" ] || fail "rlm-worker is not of version $version"
{ "$folder/rlm" workers --workers postgres://me@127.0.0.1:1/rlm 2>&1 || true; } | grep -q "does not answer" || fail "rlm does not find rlm-worker"

# The oldest C library that the binaries start with.
for binary in "$work/rlm-$version-linux-x64/bin/"* "$work/rlm-$version-linux-x64/lib/rlm/"*; do
    newest=$(objdump -T "$binary" | grep -oE 'GLIBC_[0-9.]+' | sort -Vu | tail -1)
    [ "$(printf '%s\nGLIBC_2.31\n' "$newest" | sort -V | tail -1)" = GLIBC_2.31 ] || fail "$binary needs $newest"
done

# The twin is what runs where the processor can. It is looked at while it waits for its input.
if grep -qw avx2 /proc/cpuinfo; then
    coproc { exec "$work/rlm-$version-linux-x64/bin/rlm" lsp 2>/dev/null; }
    running=""
    for _ in $(seq 200); do
        running=$(readlink "/proc/$COPROC_PID/exe" || true)
        [[ $running == */bash || $running == */bin/rlm ]] || break
        sleep 0.02
    done
    kill "$COPROC_PID"
    [[ $running == */lib/rlm/rlm-$version-x86-64-v3 ]] || fail "$running runs in place of the twin for this processor"
fi

if command -v lintian >/dev/null; then
    lintian --fail-on error,warning "$release/rlm_${version}_amd64.deb" 2>/dev/null || fail "lintian has something to say of the package"
fi

# A processor of 2008, without AVX.
old=""
if command -v qemu-x86_64-static >/dev/null; then
    is_answering qemu-x86_64-static -cpu Nehalem "$work/rlm-$version-linux-x64/bin/rlm"
    old=", on a processor without AVX too"
fi
echo "a release of version $version: archive, Debian package and .NET tool install and answer$old"
