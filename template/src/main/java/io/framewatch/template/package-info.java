/// Go's text templates (<https://pkg.go.dev/text/template>), as Prometheus and Alertmanager use
/// them in labels, annotations and notifications.
///
/// [io.framewatch.template.Template] parses a text once and renders it any number of times with
/// data and [io.framewatch.template.Functions]. Values are `String`, `Boolean`, `Long`, `Double`,
/// `List`, `Map`, null for nil, and [io.framewatch.template.Members] for things with fields and
/// methods. Every rendering is bounded in steps, depth and output.
@NullMarked
package io.framewatch.template;

import org.jspecify.annotations.NullMarked;
