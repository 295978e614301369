package io.framewatch.respond.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Alert;
import io.framewatch.model.Durations;
import io.framewatch.model.Labels;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlProblem;
import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.model.yaml.YamlValue;
import io.framewatch.respond.notify.Secret;
import io.framewatch.respond.notify.WebhookConfig;
import io.framewatch.respond.route.Route;
import io.framewatch.testkit.Conformance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Alertmanager's configuration: the routing tree, inhibition, and files of the field.
@Tag("conformance")
final class AlertmanagerFileTest {

    private static YamlMap facts() throws Exception {
        Path file = Conformance.folder("facts").resolve("alertmanager-behaviour-cases.yaml");
        Assumptions.assumeTrue(Files.exists(file), "skipped: conformance data absent");
        YamlProblems problems = new YamlProblems();
        return YamlValue.parse("facts", Files.readString(file), problems).map();
    }

    private static String described(Route route) {
        String groupBy = route.groupBy().all() ? "all" : route.groupBy().names().toString();
        return String.join(
                " ",
                route.receiver(),
                groupBy,
                Durations.format(route.groupWaitMs()),
                Durations.format(route.groupIntervalMs()),
                Durations.format(route.repeatIntervalMs()));
    }

    private static String described(YamlMap route) {
        YamlValue groupBy = route.find("group_by");
        return String.join(
                " ",
                route.text("receiver", ""),
                groupBy != null && groupBy.isList()
                        ? route.texts("group_by").toString()
                        : route.text("group_by", ""),
                route.text("group_wait", ""),
                route.text("group_interval", ""),
                route.text("repeat_interval", ""));
    }

    @Test
    void alertsTakeTheRoutesOfTheReference() throws Exception {
        YamlMap facts = facts().map("routing");
        Route root = AlertmanagerFile.read("am.yml", facts.text("config", ""), "").config().root();
        for (YamlValue each : facts.list("cases")) {
            YamlMap one = each.map();
            List<String> expected =
                    one.list("routes").stream().map(route -> described(route.map())).toList();
            List<String> got =
                    root.match(Labels.of(one.textMap("labels"))).stream()
                            .map(AlertmanagerFileTest::described)
                            .toList();
            assertThat(got).as(one.textMap("labels").toString()).isEqualTo(expected);
        }
    }

    @Test
    void alertsAreInhibitedAsInTheReference() throws Exception {
        YamlMap facts = facts().map("inhibition");
        String config = "route: {receiver: r}\nreceivers: [{name: r}]\n" + facts.text("config", "");
        RespondConfig read = AlertmanagerFile.read("am.yml", config, "").config();
        for (YamlValue each : facts.list("cases")) {
            YamlMap one = each.map();
            boolean over = one.bool("active_resolved", false);
            List<Alert> active = new ArrayList<>();
            for (YamlValue alert : one.list("active")) {
                YamlMap labels = alert.map();
                over |= labels.bool("active_resolved", false);
                Labels.Builder builder = new Labels.Builder();
                for (String name : labels.keys()) {
                    builder.set(name, labels.text(name, ""));
                }
                active.add(
                        new Alert(
                                builder.build(),
                                Labels.EMPTY,
                                over ? Alert.State.RESOLVED : Alert.State.FIRING,
                                1,
                                1,
                                over ? 2 : 0,
                                1,
                                ""));
            }
            Labels target = Labels.of(one.textMap("target"));
            boolean got =
                    read.inhibitRules().stream().anyMatch(rule -> rule.inhibits(target, active));
            assertThat(got).as(target + " by " + active).isEqualTo(one.bool("inhibited", false));
        }
    }

    @Test
    void filesOfTheMissionReadAsTheyAre() throws Exception {
        Path folder = Conformance.shared("mission").resolve("configs");
        Assumptions.assumeTrue(Files.isDirectory(folder), "skipped: mission data absent");
        for (String name : List.of("am_000.yml", "am_002.yml", "am_004.yml", "am_inh.yml")) {
            String text = Files.readString(folder.resolve(name));
            assertThat(AlertmanagerFile.check(name, text)).isEmpty();
        }
        AlertmanagerFile file =
                AlertmanagerFile.read(
                        "am", Files.readString(folder.resolve("am_002.yml")), "http://fw");
        assertThat(file.config().receivers().get("critical-alerts"))
                .isNotNull()
                .extracting(Receiver::webhooks)
                .isEqualTo(
                        List.of(
                                new WebhookConfig(
                                        new Secret.Inline("http://localhost:5000/send-sms"),
                                        false,
                                        0,
                                        WebhookConfig.TIMEOUT,
                                        List.of(),
                                        null)));
        assertThat(file.notes()).anyMatch(note -> note.contains("slack_configs are not sent yet"));
    }

    @Test
    void everythingWrongIsToldAtOnce() {
        List<String> problems =
                AlertmanagerFile.check(
                                "am.yml",
                                """
                                route:
                                  reciever: a
                                  routes:
                                    - receiver: nobody
                                      matchers: ['a=~"("', 'b']
                                      group_by: ['...', x]
                                receivers:
                                  - name: a
                                    webhook_configs: [{url: 'no scheme'}]
                                  - name: a
                                """)
                        .stream()
                        .map(YamlProblem::toString)
                        .toList();
        assertThat(problems)
                .anyMatch(p ->
                        p.contains("am.yml:2:3: unknown key `reciever`; did you mean `receiver`?"))
                .anyMatch(p -> p.contains("the root route needs a `receiver`"))
                .anyMatch(p -> p.contains("there is no receiver `nobody`"))
                .anyMatch(p -> p.contains("am.yml:5:18:"))
                .anyMatch(p -> p.contains("am.yml:5:28: The matchers cannot be read"))
                .anyMatch(p -> p.contains("`...` groups by every label"))
                .anyMatch(p -> p.contains("am.yml:9:") && p.contains("http://"))
                .anyMatch(p -> p.contains("the receiver `a` stands here twice"));
    }
}
