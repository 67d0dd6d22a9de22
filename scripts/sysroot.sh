#!/usr/bin/env bash
# Unpacks the C library of Debian 11 (glibc 2.31) into a folder, for a linker to take: what is linked with it runs on systems as old.
# Usage: scripts/sysroot.sh amd64|arm64 FOLDER      Needs curl and dpkg-deb. Nothing is loaded where the folder is there.
set -euo pipefail
arch=$1 folder=$2
[ ! -d "$folder" ] || exit 0
pool=https://deb.debian.org/debian/pool/main/g/glibc
version=2.31-13+deb11u11
case $arch in
amd64) sums="libc6 05f7264da867b37f4c5ce49266b558ea1e81e05a9464f623152fca70f3550282
libc6-dev e7f7b45d9c5cfcf37609f0b6efd3c645272c812144703af89dfd32218fcb0fd3" ;;
arm64) sums="libc6 baaa9aa184e2f21738c5819055e6740cc5b22f198e3f416e33f82b40ff6933d8
libc6-dev 28d478134722dcd4b0bd2045a199301d18713bf95947b9fce66634e7aeacab2e" ;;
*) echo "sysroot: amd64 or arm64, not $arch" >&2; exit 2 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
while read -r package sum; do
    curl -sSfL --retry 3 -o "$work/$package.deb" "$pool/${package}_${version}_$arch.deb"
    echo "$sum  $work/$package.deb" | sha256sum --check --quiet
    dpkg-deb -x "$work/$package.deb" "$work/root"
done <<<"$sums"
# Links to folders of the system would lead to the C library of this machine.
find "$work/root" -type l -lname '/*' -printf '%p %l\n' | while read -r link target; do
    ln -srf "$work/root$target" "$link"
done
mkdir -p "$(dirname "$folder")"
mv "$work/root" "$folder"
