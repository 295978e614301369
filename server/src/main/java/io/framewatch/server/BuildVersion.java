package io.framewatch.server;

/// This program's version, from the manifest it was packaged with.
public final class BuildVersion {

    private BuildVersion() {}

    /// For example `0.1.0-SNAPSHOT`; `development` when run from unpackaged classes.
    public static String text() {
        String version = BuildVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
