package io.framewatch.store.clickhouse;

import java.time.LocalDate;

/// Months, by which the tables of days are partitioned.
final class Months {

    private Months() {}

    /// The number of the month in which day `day` since 1970-01-01 lies.
    static long of(int day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return date.getYear() * 12L + date.getMonthValue();
    }
}
