# Finds JDK 25 beside any other Java and exports JAVA_HOME. Source it: . scripts/jdk25.sh
# Looks in JAVA25_HOME, JAVA_HOME, the java on the PATH and the usual folders; believes a folder's `release` file only.

framewatch_is_jdk25() {
    [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25' "$1/release" 2>/dev/null
}

framewatch_find_jdk25() {
    local candidate java_on_path
    java_on_path=$(command -v java 2>/dev/null || true)
    [ -n "$java_on_path" ] && java_on_path=$(dirname "$(dirname "$(readlink -f "$java_on_path" 2>/dev/null || echo "$java_on_path")")")
    for candidate in "${JAVA25_HOME:-}" "${JAVA_HOME:-}" "$java_on_path" \
        /usr/lib/jvm/*25* /usr/java/*25* /opt/*jdk*25* /opt/java/*25* /opt/java/openjdk \
        "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* "$HOME"/.local/share/mise/installs/java/*25* \
        /Library/Java/JavaVirtualMachines/*25*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
        if [ -n "$candidate" ] && framewatch_is_jdk25 "$candidate"; then
            (cd "$candidate" && pwd -P)
            return 0
        fi
    done
    return 1
}

if ! JAVA_HOME=$(framewatch_find_jdk25); then
    echo "JDK 25 is missing. Install it beside your other Java, for example:" >&2
    echo "    apt install temurin-25-jdk        (from the Adoptium packages)   or   sdk install java 25-tem" >&2
    echo "or point JAVA25_HOME at it." >&2
    exit 3
fi
export JAVA_HOME
