package io.framewatch.respond.config;

import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlProblem;
import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.model.yaml.YamlValue;
import java.util.List;

/// An `alertmanager.yml` (<https://prometheus.io/docs/alerting/latest/configuration/>). Routes,
/// inhibition and webhooks take effect; what does not yet is told in the notes.
///
/// @param config what takes effect
/// @param notes what was understood and does not take effect, for people
public record AlertmanagerFile(RespondConfig config, List<String> notes) {

    /// Reads a text; throws `FaultException` with code `alertmanager_invalid`, which names every
    /// problem with its line and column.
    ///
    /// @param externalUrl where people reach this server, may be empty
    public static AlertmanagerFile read(String name, String text, String externalUrl) {
        YamlProblems problems = new YamlProblems();
        AlertmanagerFile file = read(name, text, externalUrl, problems);
        problems.throwIfAny("alertmanager_invalid");
        return file;
    }

    /// What is wrong with a text; empty if nothing is.
    public static List<YamlProblem> check(String name, String text) {
        YamlProblems problems = new YamlProblems();
        read(name, text, "", problems);
        return problems.all();
    }

    private static AlertmanagerFile read(
            String name, String text, String externalUrl, YamlProblems problems) {
        YamlMap map = YamlValue.parse(name, text, problems).map();
        return new AlertmanagerReader().read(map, externalUrl);
    }
}
