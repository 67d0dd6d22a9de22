#!/usr/bin/env bash
# Makes a release in artifacts/release: binaries, Debian packages, NuGet packages, notices and checksums. A commit gives the same bytes
# each time, on the same Debian and SDK.
# Usage: scripts/release.sh [x64|arm64 …]      both by default
# Needs .NET SDK 10, gcc, curl, zip and unzip; for arm64 also Debian's gcc-aarch64-linux-gnu and qemu-user-static.
# RLM_BUILD is a folder of artifacts whose build with CI=true is gone on with; a fresh one by default.
set -euo pipefail
cd "$(dirname "$0")/.."
export CI=true TZ=UTC LC_ALL=C
umask 022
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
version=$(dotnet msbuild src/Rlm.Cli -getProperty:Version)
release=$PWD/artifacts/release
maintainer="The Rlm authors <rlm@rlm.invalid>"
sysroots=$PWD/artifacts/sysroots
if [ -z "${RLM_BUILD:-}" ]; then
    RLM_BUILD=$PWD/artifacts/release-build
    rm -rf "$RLM_BUILD"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$release"
mkdir -p "$release"

# publish PROJECT ARCH FOLDER OPTION…: links with the C library of the sysroot.
publish() {
    local project=$1 arch=$2 folder=$3
    shift 3
    # What is linked with another C library, or another instruction set, is linked anew.
    rm -rf "$RLM_BUILD/bin/$project/release_linux-$arch/native"
    dotnet publish "src/$project" -c Release -o "$folder" --nologo -v quiet -p:ArtifactsPath="$RLM_BUILD" -p:TargetSystem="linux-$arch" "$@"
}

# find_notices PACKAGE: what the newest of them holds of others.
find_notices() {
    find "${NUGET_PACKAGES:-$HOME/.nuget/packages}/$1" -name THIRD-PARTY-NOTICES.TXT | sort -V | tail -1
}

# make_tree ARCH BINARY RUN…: what is unpacked under /usr or any other folder; RUN runs the binary here.
make_tree() {
    local arch=$1 binary=$2 tree=$work/tree-$1
    shift 2
    install -D -m 755 "$binary" "$tree/bin/rlm"
    install -m 755 "$work/docs-$arch/rlm-docs" "$tree/bin/"
    [ "$arch" = arm64 ] || install -D -m 755 "$work/x64-v3/rlm" "$tree/lib/rlm/rlm-$version-x86-64-v3"
    install -D -m 755 "$work/server-$arch/rlm-server" "$tree/bin/rlm-server"
    install -D -m 755 "$work/worker-$arch/rlm-worker" "$tree/bin/rlm-worker"
    mkdir -p "$tree/share/man/man1" "$tree/share/bash-completion/completions" "$tree/share/zsh/site-functions" \
        "$tree/share/fish/vendor_completions.d" "$tree/share/doc/rlm/examples"
    "$@" help --man >"$tree/share/man/man1/rlm.1"
    echo '.so man1/rlm.1' | tee "$tree/share/man/man1/rlm-server.1" >"$tree/share/man/man1/rlm-worker.1"
    install -m 644 src/Rlm.Docs/rlm-docs.1 "$tree/share/man/man1/"
    "$@" completions bash >"$tree/share/bash-completion/completions/rlm"
    "$@" completions zsh >"$tree/share/zsh/site-functions/_rlm"
    "$@" completions fish >"$tree/share/fish/vendor_completions.d/rlm.fish"
    "$@" --licenses >"$tree/share/doc/rlm/THIRD-PARTY-NOTICES"
    install -m 644 "$(find_notices "microsoft.netcore.app.runtime.nativeaot.linux-$arch")" "$tree/share/doc/rlm/DOTNET-NOTICES"
    install -m 644 "$(find_notices "microsoft.aspnetcore.app.runtime.linux-$arch")" "$tree/share/doc/rlm/ASPNETCORE-NOTICES"
    install -m 644 LICENSE CHANGELOG.md "$tree/share/doc/rlm/"
    install -m 644 samples/{contract.pdf,box.mbox,server.log} "$tree/share/doc/rlm/examples/"
}

# make_archive ARCH
make_archive() {
    local name=rlm-$version-linux-$1
    mv "$work/tree-$1" "$work/$name"
    tar --directory "$work" --sort=name --format=gnu --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=go-w \
        -cf - "$name" | gzip -9n >"$release/$name.tar.gz"
    mv "$work/$name" "$work/tree-$1"
}

# make_package ARCH DEBIAN-ARCH
make_package() {
    local root=$work/deb-$1 doc=$work/deb-$1/usr/share/doc/rlm
    mkdir -p "$root/DEBIAN" "$root/usr"
    cp -R "$work/tree-$1/." "$root/usr/"
    mv "$root/usr/share/zsh/site-functions" "$root/usr/share/zsh/vendor-completions"
    rm "$root/usr/share/man/man1/"rlm-{server,worker}.1
    gzip -9n "$root/usr/share/man/man1/"*.1
    ln -s rlm.1.gz "$root/usr/share/man/man1/rlm-server.1.gz"
    ln -s rlm.1.gz "$root/usr/share/man/man1/rlm-worker.1.gz"
    gzip -9n "$doc/CHANGELOG.md"
    rm "$doc/LICENSE"
    printf 'rlm (%s) unstable; urgency=medium\n\n  * CHANGELOG.md says what is new.\n\n -- %s  %s\n' \
        "$version" "$maintainer" "$(date -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$doc/changelog.gz"
    install -d "$root/usr/share/lintian/overrides"
    # Linked at known addresses, for its start: docs/decisions/41-start-at-known-addresses.md.
    printf '# As .NET links it.\nrlm: embedded-library zlib *\nrlm: hardening-no-pie *\n' >"$root/usr/share/lintian/overrides/rlm"
    {
        printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: rlm\n\n'
        printf 'Files: *\nCopyright: 2026 The Rlm authors\nLicense: Expat\nComment: What the binary is linked of is in THIRD-PARTY-NOTICES.\n\nLicense: Expat\n'
        sed -n '5,$p' LICENSE | sed 's/^$/./; s/^/ /'
    } >"$doc/copyright"
    cat >"$root/DEBIAN/control" <<CONTROL
Package: rlm
Version: $version
Architecture: $2
Maintainer: $maintainer
Installed-Size: $(du -sk --apparent-size "$root/usr" | cut -f 1)
Depends: libc6 (>= 2.31)
Recommends: ca-certificates, libssl3t64 | libssl3 | libssl1.1
Section: text
Priority: optional
Description: ask questions about texts far larger than a model's window
 A runtime for Recursive Language Models. The text stays outside the prompt.
 A model writes small programs that look at it, cut it, search it and send
 pieces to model calls, until it can answer. The same language is for people,
 and counts, matches and filters without any model.
CONTROL
    (cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
    find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    dpkg-deb --root-owner-group -Zxz --build "$root" "$release/rlm_${version}_$2.deb" >/dev/null
}

# settle_package FILE: a NuGet package has a random name and times inside; the same content is to give the same bytes.
settle_package() {
    local folder=$work/nupkg
    rm -rf "$folder" && mkdir "$folder"
    unzip -q "$1" -d "$folder"
    find "$folder/package" -name '*.psmdcp' -exec sh -c 'mv "$1" "$(dirname "$1")/core.psmdcp"' - {} \;
    awk '{ sub(/[^\/"]+\.psmdcp/, "core.psmdcp"); n += sub(/Id="[^"]*"/, "Id=\"R" n + 1 "\"") } 1' "$folder/_rels/.rels" >"$work/rels"
    mv "$work/rels" "$folder/_rels/.rels"
    chmod -R u=rwX,go=rX "$folder"
    find "$folder" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
    rm "$1"
    # The list of types comes first, as readers of such archives expect.
    (cd "$folder" && { echo '[Content_Types].xml'; find . -type f ! -name '\[Content_Types\].xml' | cut -c 3- | sort; } | zip -q -X -9 "$1" -@)
}

[ $# -gt 0 ] || set -- x64 arm64
for arch in "$@"; do
    case $arch in
    x64)
        scripts/sysroot.sh amd64 "$sysroots/amd64"
        publish Rlm.Cli x64 "$work/x64-v3" -p:CppCompilerAndLinker=gcc -p:SysRoot="$sysroots/amd64"
        rm -rf "$RLM_BUILD/obj/Rlm.Cli/release_linux-x64/native"
        publish Rlm.Cli x64 "$work/x64" -p:CppCompilerAndLinker=gcc -p:SysRoot="$sysroots/amd64" -p:IlcInstructionSet=x86-64-v2
        publish Rlm.Server x64 "$work/server-x64" -p:CppCompilerAndLinker=gcc -p:SysRoot="$sysroots/amd64"
        publish Rlm.Workers x64 "$work/worker-x64" -p:CppCompilerAndLinker=gcc -p:SysRoot="$sysroots/amd64"
        publish Rlm.Docs x64 "$work/docs-x64" -p:CppCompilerAndLinker=gcc -p:SysRoot="$sysroots/amd64"
        make_tree x64 "$work/x64/rlm" "$work/x64/rlm"
        make_package x64 amd64
        ;;
    arm64)
        scripts/sysroot.sh arm64 "$sysroots/arm64"
        for project in Rlm.Cli Rlm.Server Rlm.Workers Rlm.Docs; do
            case $project in
            Rlm.Cli) folder=$work/arm64 ;;
            Rlm.Server) folder=$work/server-arm64 ;;
            Rlm.Workers) folder=$work/worker-arm64 ;;
            Rlm.Docs) folder=$work/docs-arm64 ;;
            esac
            publish $project arm64 "$folder" -p:CppCompilerAndLinker=aarch64-linux-gnu-gcc -p:ObjCopyName=aarch64-linux-gnu-objcopy \
                -p:SysRoot="$sysroots/arm64"
        done
        make_tree arm64 "$work/arm64/rlm" qemu-aarch64-static -L "$sysroots/arm64" "$work/arm64/rlm"
        make_package arm64 arm64
        ;;
    *)
        echo "release: x64 or arm64, not $arch" >&2
        exit 2
        ;;
    esac
    make_archive "$arch"
done

dotnet pack Rlm.sln -c Release --nologo -v quiet -p:ArtifactsPath="$RLM_BUILD" -p:PackageOutputPath="$release"
for package in "$release"/*.nupkg; do
    settle_package "$package"
done
cp THIRD-PARTY-NOTICES Containerfile "$release/"
(cd "$release" && sha256sum -- * >"$work/SHA256SUMS")
mv "$work/SHA256SUMS" "$release/"
ls -l "$release"
