package io.framewatch.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewatch.model.Labels;
import io.framewatch.testkit.Conformance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/// Expositions of other projects: what must parse, what must be refused, real outputs.
@Tag("conformance")
final class ExpositionConformanceTest {

    @TestFactory
    Stream<DynamicTest> openMetrics() {
        List<Path> cases = Conformance.files("openmetrics/parsers", "json");
        assumeTrue(!cases.isEmpty(), "skipped: conformance data absent");
        return cases.stream()
                .map(json ->
                        DynamicTest.dynamicTest(
                                json.subpath(json.getNameCount() - 2, json.getNameCount() - 1)
                                        .toString(),
                                () -> openMetricsCase(json)));
    }

    private static void openMetricsCase(Path json) throws IOException {
        boolean shouldParse =
                JsonMapper.shared().readTree(Files.readString(json)).get("shouldParse").asBoolean();
        byte[] text = Files.readAllBytes(json.resolveSibling("metrics"));
        check(ExpositionFormat.OPENMETRICS, text, shouldParse);
        if (shouldParse) {
            Collected.of(ExpositionFormat.OPENMETRICS, text);
        }
    }

    private static void check(ExpositionFormat format, byte[] text, boolean shouldParse) {
        try {
            Exposition.check(format, text, text.length, new Collected());
            if (!shouldParse) {
                fail("accepted");
            }
        } catch (ExpositionException e) {
            if (shouldParse) {
                throw e;
            }
            assertThat(e.line()).isPositive();
        }
    }

    @TestFactory
    Stream<DynamicTest> prometheusText() {
        List<Path> cases = Conformance.files("prometheus-common/expfmt/fuzz/corpus", "");
        assumeTrue(!cases.isEmpty(), "skipped: conformance data absent");
        return cases.stream()
                .map(file ->
                        DynamicTest.dynamicTest(
                                file.getFileName().toString(),
                                () ->
                                        check(
                                                ExpositionFormat.PROMETHEUS_TEXT,
                                                Files.readAllBytes(file),
                                                !file.toString().contains("error"))));
    }

    @TestFactory
    Stream<DynamicTest> realOutputs() {
        Stream<Path> files =
                Stream.of(
                                Conformance.files("own-samples", "prom"),
                                Conformance.files("node_exporter/collector/fixtures", "txt"),
                                Conformance.files("node_exporter/collector/fixtures", "prom"),
                                Conformance.files("node_exporter/collector/fixtures", "out"),
                                Conformance.files("prometheus/textparse", "prom.txt"))
                        .flatMap(List::stream)
                        .filter(file -> !file.endsWith("non_matching_file.txt"));
        return files.map(file ->
                DynamicTest.dynamicTest(file.getFileName().toString(), () -> realOutput(file)));
    }

    private static void realOutput(Path file) throws IOException {
        List<String> lines =
                Files.readAllLines(file).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .toList();
        Collected collected =
                Collected.of(ExpositionFormat.PROMETHEUS_TEXT, Files.readAllBytes(file));
        assertThat(collected.samples).hasSameSizeAs(lines);
        long names = collected.samples.stream().map(Collected.Sample::labels).distinct().count();
        assertThat(names).isEqualTo(lines.size());
    }

    @Test
    void protobufSaysTheSameAsText() throws IOException {
        Path folder = Conformance.folder("prometheus-common/expfmt/testdata");
        assumeTrue(Files.isDirectory(folder), "skipped: conformance data absent");
        Map<Labels, Double> text = values(ExpositionFormat.PROMETHEUS_TEXT, folder.resolve("text"));
        Map<Labels, Double> proto = values(ExpositionFormat.PROTOBUF, folder.resolve("protobuf"));
        assertThat(proto).isNotEmpty().isEqualTo(text);
    }

    private static Map<Labels, Double> values(ExpositionFormat format, Path file)
            throws IOException {
        Map<Labels, Double> values = new TreeMap<>();
        for (Collected.Sample sample : Collected.of(format, Files.readAllBytes(file)).samples) {
            values.put(sample.labels(), sample.value());
        }
        return values;
    }

    @TestFactory
    Stream<DynamicTest> openMetricsOfPrometheus() {
        return Conformance.files("prometheus/textparse", "om.txt").stream()
                .map(file ->
                        DynamicTest.dynamicTest(
                                file.getFileName().toString(), () -> openMetricsOutput(file)));
    }

    private static void openMetricsOutput(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Collected collected = Collected.of(ExpositionFormat.OPENMETRICS, Files.readAllBytes(file));
        assertThat(collected.samples)
                .hasSize((int) lines.stream().filter(l -> !l.startsWith("#")).count());
        long types = lines.stream().filter(line -> line.startsWith("# TYPE")).count();
        assertThat(collected.metadata).hasSize((int) types);
    }

    @Test
    void protobufOfSeveralMessagesParses() throws IOException {
        Path folder = Conformance.folder("prometheus-common/expfmt/testdata");
        assumeTrue(Files.isDirectory(folder), "skipped: conformance data absent");
        byte[] several = Files.readAllBytes(folder.resolve("protobuf-multimessage"));
        assertThat(Collected.of(ExpositionFormat.PROTOBUF, several).metadata).hasSizeGreaterThan(1);
        for (String name : List.of("text", "protobuf")) {
            byte[] plain = Files.readAllBytes(folder.resolve(name));
            try (InputStream in = Files.newInputStream(folder.resolve(name + ".gz"))) {
                assertThat(new GZIPInputStream(in).readAllBytes()).isEqualTo(plain);
            }
        }
    }
}
