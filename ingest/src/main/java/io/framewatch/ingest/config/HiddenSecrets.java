package io.framewatch.ingest.config;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Shows a configuration as it was written, but for its secrets.
public final class HiddenSecrets {

    /// Keys whose value is a secret.
    private static final Set<String> KEYS =
            Set.of(
                    "password",
                    "bearer_token",
                    "credentials",
                    "client_secret",
                    "client_certificate_key",
                    "key",
                    "secrets",
                    "secret_key",
                    "auth_token",
                    "token",
                    "key_passphrase",
                    "application_secret",
                    "application_credential_secret",
                    "consumer_key",
                    "private_key",
                    "service_account_key");

    private final TreeMap<Integer, Integer> hidden = new TreeMap<>();
    private final Set<Node> seen = new HashSet<>();

    private HiddenSecrets() {}

    /// The YAML text with `<secret>` in place of every secret and of credentials in addresses;
    /// empty if it is no YAML.
    public static String in(String yaml) {
        LoadSettings settings =
                LoadSettings.builder().setUseMarks(true).setMaxAliasesForCollections(200).build();
        try {
            Optional<Node> top = new Compose(settings).composeString(yaml);
            HiddenSecrets secrets = new HiddenSecrets();
            top.ifPresent(node -> secrets.walk(node, false));
            return secrets.cut(yaml).replaceAll("(https?://)[^/\\s:@]*:[^/\\s@]*@", "$1<secret>@");
        } catch (YamlEngineException e) {
            return "";
        }
    }

    private void walk(Node node, boolean secret) {
        switch (node) {
            case ScalarNode scalar when secret -> hide(scalar);
            case SequenceNode list -> list.getValue().forEach(item -> walk(item, secret));
            case MappingNode map -> {
                if (seen.add(map)) {
                    for (NodeTuple pair : map.getValue()) {
                        walk(pair.getValueNode(), isSecret(pair.getKeyNode()));
                    }
                }
            }
            default -> {}
        }
    }

    private static boolean isSecret(Node key) {
        return key instanceof ScalarNode scalar && KEYS.contains(scalar.getValue());
    }

    private void hide(ScalarNode scalar) {
        Optional<Mark> from = scalar.getStartMark();
        Optional<Mark> to = scalar.getEndMark();
        if (from.isPresent() && to.isPresent() && !scalar.getValue().isEmpty()) {
            hidden.put(from.get().getIndex(), to.get().getIndex());
        }
    }

    /// Positions count code points.
    private String cut(String yaml) {
        StringBuilder out = new StringBuilder();
        int[] points = yaml.codePoints().toArray();
        int at = 0;
        for (var range : hidden.entrySet()) {
            int to = range.getValue();
            out.append(new String(points, at, range.getKey() - at)).append(Secret.HIDDEN);
            boolean block = to > 0 && points[to - 1] == '\n';
            out.append(block ? "\n" : "");
            at = to;
        }
        return out.append(new String(points, at, points.length - at)).toString();
    }
}
