package io.framewatch.server.config;

import io.framewatch.ingest.config.Secret;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.model.yaml.YamlMap;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// Secrets of the configuration: in a file, or in an environment variable that the configuration
/// names, never in place.
final class Secrets {

    private Secrets() {}

    static SecretSource read(
            YamlMap map, String fileKey, String variableKey, UnaryOperator<Path> inFolder) {
        String file = map.textOrNull(fileKey);
        String variable = map.textOrNull(variableKey);
        if (file != null) {
            return new SecretSource.InFile(inFolder.apply(Path.of(file)));
        }
        if (variable == null) {
            return SecretSource.NONE;
        }
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            map.keyAt(variableKey).problem("the variable " + variable + " is not set");
            return SecretSource.NONE;
        }
        return inPlace(value.strip());
    }

    static SecretSource inPlace(String value) {
        return new SecretSource.Inline(new Secret(value));
    }
}
