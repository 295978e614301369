package io.framewatch.store.clickhouse;

/// How long rows are kept.
///
/// @param hotDays days on the hot volume; 0 never moves them
/// @param days days in all; 0 keeps them for ever, as test scripts that load data at time 0 need
public record Retention(int hotDays, int days) {

    /// 15 days hot, 90 days in all.
    public static final Retention DEFAULT = new Retention(15, 90);

    /// For ever and on the hot volume.
    public static final Retention FOR_EVER = new Retention(0, 0);

    /// The TTL clause for rows whose time is the expression `time`, empty if there is none.
    String clause(String time) {
        String move =
                hotDays == 0 ? "" : time + " + toIntervalDay(" + hotDays + ") TO VOLUME 'cold'";
        String delete = days == 0 ? "" : time + " + toIntervalDay(" + days + ") DELETE";
        String comma = move.isEmpty() || delete.isEmpty() ? "" : ", ";
        return move.isEmpty() && delete.isEmpty() ? "" : "\nTTL " + move + comma + delete;
    }
}
