package io.framewatch.wire.otlp.metrics;

import io.framewatch.model.Labels;
import io.framewatch.wire.otlp.OtlpAttributes;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The labels of the points of one resource and scope: their attributes, `job` and `instance` out
/// of the service's attributes, and the resource's and scope's attributes that are promoted. Not
/// thread safe.
final class PointLabels {

    private static final String JOB = "job";
    private static final String INSTANCE = "instance";
    private static final Set<String> IDENTIFYING =
            Set.of("service.name", "service.namespace", "service.instance.id");

    private final OtlpOptions options;
    private final MetricNames names;
    private final Labels identity;
    private final Labels target;
    private final Labels promoted;
    private Labels shared;

    PointLabels(OtlpOptions options, MetricNames names, Resource resource) {
        this.options = options;
        this.names = names;
        TreeMap<String, String> attributes = new TreeMap<>();
        for (KeyValue attribute : resource.getAttributesList()) {
            attributes.put(attribute.getKey(), text(attribute.getValue()));
        }
        this.identity = identity(attributes);
        Labels.Builder labels = new Labels.Builder();
        TreeMap<String, String> told = new TreeMap<>();
        attributes.forEach((name, value) -> {
            if (options.promotes(name)) {
                labels.set(names.label(name), value);
            }
            if (options.keepIdentifying() || !IDENTIFYING.contains(name)) {
                told.put(name, value);
            }
        });
        this.promoted = labels.build();
        this.shared = promoted;
        this.target = told.isEmpty() || identity.isEmpty() ? Labels.EMPTY : target(told);
    }

    private static Labels identity(Map<String, String> attributes) {
        String service = attributes.getOrDefault("service.name", "");
        String namespace = attributes.getOrDefault("service.namespace", "");
        Labels.Builder labels = new Labels.Builder();
        if (!service.isEmpty()) {
            labels.set(JOB, namespace.isEmpty() ? service : namespace + "/" + service);
        }
        return labels.set(INSTANCE, attributes.getOrDefault("service.instance.id", "")).build();
    }

    private Labels target(Map<String, String> told) {
        Labels.Builder labels = new Labels.Builder();
        merge(labels, told);
        identity.forEach(labels::set);
        return labels.set(Labels.NAME, "target_info").build();
    }

    /// The labels of the series `target_info`, empty if the resource has none.
    Labels target() {
        return target;
    }

    /// Points of this scope follow.
    void scope(InstrumentationScope scope, String schemaUrl) {
        if (!options.promoteScope()) {
            return;
        }
        Labels.Builder labels = promoted.toBuilder();
        labels.set("otel_scope_name", scope.getName());
        labels.set("otel_scope_version", scope.getVersion());
        labels.set("otel_scope_schema_url", schemaUrl);
        for (KeyValue attribute : scope.getAttributesList()) {
            labels.set(names.label("otel_scope_" + attribute.getKey()), text(attribute.getValue()));
        }
        shared = labels.build();
    }

    /// The labels of a point, without the metric name.
    Labels.Builder of(List<KeyValue> attributes) {
        Labels.Builder labels = new Labels.Builder();
        TreeMap<String, String> sorted = new TreeMap<>();
        for (KeyValue attribute : attributes) {
            sorted.put(attribute.getKey(), text(attribute.getValue()));
        }
        merge(labels, sorted);
        shared.forEach((name, value) -> {
            if (labels.find(name) == null) {
                labels.set(name, value);
            }
        });
        identity.forEach(labels::set);
        return labels;
    }

    /// Attributes whose names become the same give one label with both values.
    private void merge(Labels.Builder labels, Map<String, String> sorted) {
        sorted.forEach((attribute, value) -> {
            String name = names.label(attribute);
            if (name.isEmpty() || name.equals(Labels.NAME) || value.isEmpty()) {
                return;
            }
            String before = labels.find(name);
            labels.set(name, before == null ? value : before + ";" + value);
        });
    }

    static String text(AnyValue value) {
        return value.hasStringValue() ? value.getStringValue() : OtlpAttributes.value(value).text();
    }
}
