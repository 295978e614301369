package io.framewatch.store;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;

/// What series may be like, and how many of one metric there may be: a label with a request id or a
/// user's name in it makes a metric explode, and the rest must go on.
///
/// @param perMetricMax most active series of one metric of a tenant; a further one is refused with
///   `series_limit`
/// @param labelsMax most labels of a series, metric name included
/// @param nameLengthMax longest name of a label, characters
/// @param valueLengthMax longest value of a label, characters
public record SeriesLimits(int perMetricMax, int labelsMax, int nameLengthMax, int valueLengthMax) {

    /// A fifth of the million series that a tenant may have.
    public static final SeriesLimits DEFAULT = new SeriesLimits(200_000, 128, 1_024, 8_192);

    /// For test scripts that do what they like.
    public static final SeriesLimits NONE =
            new SeriesLimits(
                    Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    /// Characters of a name or value that a fault shows.
    private static final int SHOWN_MAX = 64;

    /// Throws `label_limit` if a series with these labels may not be.
    public void check(Labels labels) {
        if (labels.size() > labelsMax) {
            throw refused(
                    "A series of "
                            + shown(labels.metricName())
                            + " has "
                            + labels.size()
                            + " labels; the limit is "
                            + labelsMax
                            + ".");
        }
        labels.forEach((name, value) -> {
            if (name.length() > nameLengthMax) {
                throw refused(
                        "The label name "
                                + shown(name)
                                + " of a series of "
                                + shown(labels.metricName())
                                + " has "
                                + name.length()
                                + " characters; the limit is "
                                + nameLengthMax
                                + ".");
            }
            if (value.length() > valueLengthMax) {
                throw refused(
                        "The value of label "
                                + shown(name)
                                + " of a series of "
                                + shown(labels.metricName())
                                + " has "
                                + value.length()
                                + " characters; the limit is "
                                + valueLengthMax
                                + ".");
            }
        });
    }

    private static String shown(String text) {
        return Labels.quote(
                text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...");
    }

    private static FaultException refused(String what) {
        return new FaultException(
                Fault.caller("label_limit", what, "Drop or shorten the label where it is made."));
    }
}
