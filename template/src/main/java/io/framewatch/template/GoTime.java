package io.framewatch.template;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A point in time as Go has it.
///
/// @param at the time and its zone
record GoTime(ZonedDateTime at) implements Members {

    @Override
    public @Nullable Object member(String name, List<@Nullable Object> arguments) {
        return switch (name) {
            case "Format" -> GoLayout.format(at, Arguments.text(arguments.getFirst()));
            case "Add" -> new GoTime(at.plusNanos(duration(arguments).nanos()));
            case "Sub" ->
                    new GoDuration(java.time.Duration.between(other(arguments), at).toNanos());
            case "Before" -> at.isBefore(other(arguments));
            case "After" -> at.isAfter(other(arguments));
            case "Unix" -> at.toEpochSecond();
            case "UnixMilli" -> at.toInstant().toEpochMilli();
            case "UTC" -> new GoTime(at.withZoneSameInstant(ZoneOffset.UTC));
            case "Local" -> new GoTime(at.withZoneSameInstant(ZoneId.systemDefault()));
            case "Year" -> (long) at.getYear();
            case "Month" -> GoLayout.format(at, "January");
            case "Day" -> (long) at.getDayOfMonth();
            case "Hour" -> (long) at.getHour();
            case "Minute" -> (long) at.getMinute();
            case "Second" -> (long) at.getSecond();
            case "Weekday" -> GoLayout.format(at, "Monday");
            case "YearDay" -> (long) at.getDayOfYear();
            case "IsZero" -> at.getYear() == 1 && at.getDayOfYear() == 1;
            case "String" -> print();
            default -> throw new TemplateException("a time has no method " + name);
        };
    }

    private static GoDuration duration(List<@Nullable Object> arguments) {
        if (!arguments.isEmpty() && arguments.getFirst() instanceof GoDuration duration) {
            return duration;
        }
        throw new TemplateException("a duration is needed; make one with toDuration");
    }

    private static ZonedDateTime other(List<@Nullable Object> arguments) {
        if (!arguments.isEmpty() && arguments.getFirst() instanceof GoTime(ZonedDateTime other)) {
            return other;
        }
        throw new TemplateException("a time is needed; make one with toTime");
    }

    @Override
    public String print() {
        String nanos =
                at.getNano() == 0
                        ? ""
                        : "."
                                + String.format(Locale.ROOT, "%09d", at.getNano())
                                        .replaceFirst("0+$", "");
        return GoLayout.format(at, "2006-01-02 15:04:05")
                + nanos
                + GoLayout.format(at, " -0700 MST");
    }
}
