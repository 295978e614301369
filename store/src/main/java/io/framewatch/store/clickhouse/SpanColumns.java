package io.framewatch.store.clickhouse;

import io.framewatch.model.AttributeValue;
import io.framewatch.model.Span;
import io.framewatch.store.record.AttributeCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The columns of a span that hold attributes: as maps of texts that are looked for, with a letter
/// per attribute for its type beside them; a list or nested map stands there whole, since its text
/// does not tell the types inside. Not thread safe.
final class SpanColumns {

    /// What [#attributes] and the others read, in their order.
    static final String SELECTED =
            "CAST(mapKeys(attributes) AS Array(String)), mapValues(attributes), attribute_types,"
                    + " CAST(mapKeys(resource) AS Array(String)), mapValues(resource),"
                    + " resource_types, events, links";

    private final NativeColumn.Map attributes = new NativeColumn.Map("attributes");
    private final NativeColumn.Text attributeTypes = new NativeColumn.Text("attribute_types");
    private final NativeColumn.Map resource = new NativeColumn.Map("resource");
    private final NativeColumn.Text resourceTypes = new NativeColumn.Text("resource_types");
    private final NativeColumn.Text events = new NativeColumn.Text("events");
    private final NativeColumn.Text links = new NativeColumn.Text("links");

    void add(Span span) {
        add(attributes, attributeTypes, span.attributes());
        add(resource, resourceTypes, span.resource());
        StringBuilder all = new StringBuilder();
        for (Span.Event event : span.events()) {
            all.append(AttributeCodec.encode(new AttributeValue.Int(event.timestampNs())));
            all.append(AttributeCodec.encode(new AttributeValue.Text(event.name())));
            all.append(AttributeCodec.encode(new AttributeValue.Nested(event.attributes())));
        }
        events.add(all.toString());
        all.setLength(0);
        for (Span.Link link : span.links()) {
            all.append(AttributeCodec.encode(new AttributeValue.Text(link.traceId())));
            all.append(AttributeCodec.encode(new AttributeValue.Text(link.spanId())));
            all.append(AttributeCodec.encode(new AttributeValue.Nested(link.attributes())));
        }
        links.add(all.toString());
    }

    private static void add(
            NativeColumn.Map map, NativeColumn.Text types, Map<String, AttributeValue> values) {
        List<String> texts = new ArrayList<>(values.size());
        StringBuilder letters = new StringBuilder(values.size());
        for (AttributeValue value : values.values()) {
            texts.add(value.text());
            char letter = AttributeCodec.letter(value);
            if (AttributeCodec.isPlain(letter)) {
                letters.append(letter);
            } else {
                letters.append(AttributeCodec.encode(value));
            }
        }
        map.add(List.copyOf(values.keySet()), texts);
        types.add(letters.toString());
    }

    List<NativeColumn> all() {
        return List.of(attributes, attributeTypes, resource, resourceTypes, events, links);
    }

    /// The attributes whose keys, texts and types are columns `first` and the two behind it.
    static Map<String, AttributeValue> attributes(Block block, int first, int row) {
        List<String> keys = block.textList(first, row);
        List<String> texts = block.textList(first + 1, row);
        AttributeCodec.Reader types = new AttributeCodec.Reader(block.texts(first + 2)[row]);
        Map<String, AttributeValue> attributes = LinkedHashMap.newLinkedHashMap(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            char letter = types.letter();
            attributes.put(
                    keys.get(i),
                    AttributeCodec.isPlain(letter)
                            ? AttributeCodec.plain(letter, texts.get(i))
                            : types.value(letter));
        }
        return attributes;
    }

    static List<Span.Event> events(String text) {
        AttributeCodec.Reader in = new AttributeCodec.Reader(text);
        List<Span.Event> events = new ArrayList<>();
        while (in.hasNext()) {
            long timestampNs = ((AttributeValue.Int) in.value()).value();
            events.add(new Span.Event(timestampNs, in.value().text(), nested(in)));
        }
        return events;
    }

    static List<Span.Link> links(String text) {
        AttributeCodec.Reader in = new AttributeCodec.Reader(text);
        List<Span.Link> links = new ArrayList<>();
        while (in.hasNext()) {
            links.add(new Span.Link(in.value().text(), in.value().text(), nested(in)));
        }
        return links;
    }

    private static Map<String, AttributeValue> nested(AttributeCodec.Reader in) {
        return ((AttributeValue.Nested) in.value()).values();
    }
}
