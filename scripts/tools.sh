# What ./check, ./bench and ./framewatch share: tools looked for, Maven run, reports counted. Source after jdk25.sh.

# Names a missing tool with the command that installs it, and ends.
need() {
    command -v "$1" >/dev/null 2>&1 && return 0
    echo "$1 is missing. Install it: $2" >&2
    exit 3
}

need_build_tools() {
    need mvn "apt install maven"
    need node "apt install nodejs   (version 20 or newer)"
    need npm "apt install npm"
}

# ffmpeg and Chromium serve tests; on a Debian machine, as root, they are installed. Tests that lack them skip and say so.
install_test_tools() {
    local missing=()
    command -v ffmpeg >/dev/null 2>&1 || missing+=(ffmpeg)
    command -v chromium >/dev/null 2>&1 || missing+=(chromium)
    [ "${#missing[@]}" -gt 0 ] || return 0
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "installing ${missing[*]} for the tests"
        { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >target/apt.log 2>&1 ||
            echo "could not install ${missing[*]}; tests that need them will be skipped (target/apt.log)"
    else
        echo "not installed: ${missing[*]}; tests that need them will be skipped. Install: apt install ${missing[*]}"
    fi
}

# run_maven LOG ARGUMENTS...: Maven with its output in LOG, one line per module on the terminal.
run_maven() {
    local log=$1
    shift
    MAVEN_ARGS='' mvn "$@" >"$log" 2>&1 &
    local pid=$! module=''
    trap 'kill "$pid" 2>/dev/null' INT TERM
    while kill -0 "$pid" 2>/dev/null; do
        sleep 1
        local now
        now=$(grep -oE '^\[INFO\] Building Framewatch .*' "$log" | tail -n 1 | sed 's/^\[INFO\] Building //')
        if [ "$now" != "$module" ] && [ -n "$now" ]; then
            module=$now
            echo "  $module"
        fi
    done
    wait "$pid"
}

clear_reports() {
    find . -path ./node_modules -prune -o -type d \( -name surefire-reports -o -name test-reports \) -print 2>/dev/null |
        grep '/target/' | while read -r folder; do rm -rf "$folder"; done
}

# Adds up the JUnit reports of all modules, web pages included, into passed, failed and skipped.
count_tests() {
    local counts
    counts=$(find . -name node_modules -prune -o \( -path '*/target/surefire-reports/TEST-*.xml' -o -path '*/target/test-reports/*.xml' \) -print 2>/dev/null |
        xargs -r grep -hoE '<testsuite [^>]*>' |
        awk '{
            t = f = e = s = 0
            if (match($0, / tests="[0-9]+"/)) t = substr($0, RSTART + 8, RLENGTH - 9)
            if (match($0, / failures="[0-9]+"/)) f = substr($0, RSTART + 11, RLENGTH - 12)
            if (match($0, / errors="[0-9]+"/)) e = substr($0, RSTART + 9, RLENGTH - 10)
            if (match($0, / skipped="[0-9]+"/)) s = substr($0, RSTART + 10, RLENGTH - 11)
            passed += t - f - e - s; failed += f + e; skipped += s
        } END { print passed + 0, failed + 0, skipped + 0 }')
    read -r passed failed skipped <<<"$counts"
}

# One line for each failed test: the file of its report, its name, and the first line of what went wrong.
name_failures() {
    find . -name node_modules -prune -o \( -path '*/target/surefire-reports/TEST-*.xml' -o -path '*/target/test-reports/*.xml' \) -print 2>/dev/null | sort |
        xargs -r awk '
            /<testcase / { name = $0; sub(/.* name="/, "", name); sub(/".*/, "", name) }
            /<(failure|error)[ >]/ {
                why = $0; sub(/.* message="/, "", why); sub(/".*/, "", why)
                file = FILENAME; sub(/.*\//, "", file); sub(/\.xml$/, "", file)
                print "failed: " file " " name ": " substr(why, 1, 300)
            }' | head -n 40
}

# One line for each conformance test that does not print its corpora itself: NAME: N passed, N failed, N skipped.
count_corpora() {
    find . -name node_modules -prune -o -path '*/target/surefire-reports/TEST-*.xml' -print 2>/dev/null | sort | while read -r report; do
        grep -q 'corpus [A-Za-z0-9_.-]*: [0-9]' "$report" && continue
        grep -oE '<testsuite [^>]*>' "$report" | head -n 1 | awk -v name="$(basename "$report" .xml | sed -E 's/.*\.//; s/(Conformance)?Test$//')" '{
            t = f = e = s = 0
            if (match($0, / tests="[0-9]+"/)) t = substr($0, RSTART + 8, RLENGTH - 9)
            if (match($0, / failures="[0-9]+"/)) f = substr($0, RSTART + 11, RLENGTH - 12)
            if (match($0, / errors="[0-9]+"/)) e = substr($0, RSTART + 9, RLENGTH - 10)
            if (match($0, / skipped="[0-9]+"/)) s = substr($0, RSTART + 10, RLENGTH - 11)
            if (t > 0) printf "%s: %d passed, %d failed, %d skipped\n", name, t - f - e - s, f + e, s
        }'
    done
}
