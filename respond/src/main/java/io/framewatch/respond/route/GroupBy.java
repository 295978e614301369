package io.framewatch.respond.route;

import io.framewatch.model.Labels;
import java.util.List;

/// By which labels alerts share a notification.
///
/// @param all whether every label counts, which makes each alert a group of its own
/// @param names the labels that count otherwise; none means one group for all
public record GroupBy(boolean all, List<String> names) {

    /// Every alert on its own.
    public static final GroupBy ALL = new GroupBy(true, List.of());

    /// By these labels.
    public static GroupBy of(String... names) {
        return new GroupBy(false, List.of(names));
    }

    /// The labels of an alert that name its group.
    public Labels groupOf(Labels labels) {
        return all ? labels : labels.keep(names);
    }
}
