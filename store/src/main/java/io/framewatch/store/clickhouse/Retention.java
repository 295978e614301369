package io.framewatch.store.clickhouse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long rows are kept.
///
/// @param hotDays days on the hot volume; 0 never moves them
/// @param days days in all; 0 keeps them for ever, as test scripts that load data at time 0 need
public record Retention(int hotDays, int days) {

    /// 15 days hot, 90 days in all.
    public static final Retention DEFAULT = new Retention(15, 90);

    /// For ever and on the hot volume.
    public static final Retention FOR_EVER = new Retention(0, 0);

    private static final Pattern DAYS =
            Pattern.compile("toIntervalDay\\((\\d+)\\)( TO VOLUME 'cold')?");

    /// What the description of a table's engine says.
    static Retention of(String engine) {
        int hotDays = 0;
        int days = 0;
        Matcher found = DAYS.matcher(engine);
        while (found.find()) {
            if (found.group(2) == null) {
                days = Integer.parseInt(found.group(1));
            } else {
                hotDays = Integer.parseInt(found.group(1));
            }
        }
        return new Retention(hotDays, days);
    }

    /// What of it a place without a cold volume can hold.
    Retention on(boolean tiered) {
        return tiered ? this : new Retention(0, days);
    }

    /// The TTL clause for rows whose time is the expression `time`, empty if there is none; without
    /// volumes (`tiered`) rows are not moved.
    String clause(String time, boolean tiered) {
        return on(tiered).clause(time);
    }

    private String clause(String time) {
        String list = list(time);
        return list.isEmpty() ? "" : "\nTTL " + list;
    }

    /// What stands behind TTL.
    String list(String time) {
        String move =
                hotDays == 0 ? "" : time + " + toIntervalDay(" + hotDays + ") TO VOLUME 'cold'";
        String delete = days == 0 ? "" : time + " + toIntervalDay(" + days + ") DELETE";
        String comma = move.isEmpty() || delete.isEmpty() ? "" : ", ";
        return move + comma + delete;
    }
}
