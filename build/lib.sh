# What the scripts of this folder share. They source it and so stand in the project's root, with one set of flags.
set -eu

cd "$(dirname "$0")/.."

stamps=build/.stamps
binary=build/bin/bearings
mkdir -p "$stamps" build/bin

# The same flags everywhere: with others, SQLite would be compiled once more for each set (a minute).
test_tags=sqlite_fts5
window_tags=webkit2_41,sqlite_fts5

# A checkout that belongs to another user (a container's) would stop the build; the version is passed in anyway.
export GOFLAGS="${GOFLAGS:+$GOFLAGS }-buildvcs=false"

# A log is no place for colours.
if [ ! -t 1 ]; then
	export NO_COLOR=1
	unset FORCE_COLOR
fi

say() { printf '%s\n' "bearings: $*" >&2; }

die() {
	say "$*"
	exit 1
}

# digest FILE...: one hash over the named files and the files under the named folders.
digest() { find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1; }

# fresh NAME DIGEST: whether the work called NAME was last done for the same digest.
fresh() { [ -f "$stamps/$1" ] && [ "$(cat "$stamps/$1")" = "$2" ]; }

# done_for NAME DIGEST: remembers it.
done_for() { printf '%s\n' "$2" >"$stamps/$1"; }

version() {
	git describe --tags --dirty 2>/dev/null || sed -n 's/^## \[\([0-9][^]]*\)\].*/\1/p' CHANGELOG.md | head -n 1
}

# check NAME COMMAND...: runs it, and remembers its name if it fails.
failed=
check() {
	name=$1
	shift
	say "$name"
	"$@" || failed="$failed, $name"
}

# all_passed: ends the script with what failed, if anything did.
all_passed() { [ -z "$failed" ] || die "failed: ${failed#, }"; }
