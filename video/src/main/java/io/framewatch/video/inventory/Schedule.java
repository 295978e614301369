package io.framewatch.video.inventory;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// When a stream is meant to be on: days, a span of the day, a time zone.
///
/// Written `always`, or `Mon-Fri 08:00-20:00`, or `Sat,Sun 22:00-02:00 Europe/Moscow`. A span whose
/// end is not after its start runs over midnight and belongs to the day it starts on. The start is
/// inclusive, the end exclusive. Without a zone it is UTC.
///
/// @param days days on which a span starts
/// @param start start of the span
/// @param end end of the span
/// @param zone whose clock it is
public record Schedule(Set<DayOfWeek> days, LocalTime start, LocalTime end, ZoneId zone) {

    /// On at all times.
    public static final Schedule ALWAYS =
            new Schedule(
                    EnumSet.allOf(DayOfWeek.class),
                    LocalTime.MIDNIGHT,
                    LocalTime.MIDNIGHT,
                    ZoneId.of("UTC"));

    /// Keeps its own copy of the days.
    public Schedule {
        days = Set.copyOf(days);
    }

    /// Whether the stream is meant to be on at `at`.
    public boolean isOn(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        LocalTime time = local.toLocalTime();
        DayOfWeek today = local.getDayOfWeek();
        if (start.isBefore(end)) {
            return days.contains(today) && !time.isBefore(start) && time.isBefore(end);
        }
        return days.contains(today) && !time.isBefore(start)
                || days.contains(today.minus(1)) && time.isBefore(end);
    }

    /// Reads the written form; empty if it cannot be read.
    public static Optional<Schedule> parse(String text) {
        String[] words = text.trim().split("\\s+");
        if (words.length == 1 && words[0].equalsIgnoreCase("always")) {
            return Optional.of(ALWAYS);
        }
        if (words.length < 2 || words.length > 3) {
            return Optional.empty();
        }
        try {
            Set<DayOfWeek> days = days(words[0]);
            String[] span = words[1].split("-", -1);
            if (days.isEmpty() || span.length != 2) {
                return Optional.empty();
            }
            ZoneId zone = ZoneId.of(words.length == 3 ? words[2] : "UTC");
            return Optional.of(
                    new Schedule(days, LocalTime.parse(span[0]), LocalTime.parse(span[1]), zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            Optional<DayOfWeek> from = day(ends[0]);
            Optional<DayOfWeek> to = day(ends[ends.length - 1]);
            if (ends.length > 2 || from.isEmpty() || to.isEmpty()) {
                return Set.of();
            }
            DayOfWeek day = from.get();
            days.add(day);
            while (day != to.get()) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static Optional<DayOfWeek> day(String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.name();
            String given = text.toUpperCase(Locale.ROOT);
            if (given.length() >= 3 && name.startsWith(given)) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }
}
