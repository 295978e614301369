package io.framewatch.engine;

/// A statement that the engine refused or broke off.
public final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Codes of ClickHouse that callers tell apart.
    public static final int UNKNOWN_TABLE = 60;

    /// The statement does not parse.
    public static final int SYNTAX = 62;

    /// It ran longer than `max_execution_time`.
    public static final int TIMEOUT = 159;

    /// Too many statements at once.
    public static final int BUSY = 202;

    /// It needed more memory than allowed.
    public static final int MEMORY = 241;

    /// It was killed.
    public static final int CANCELLED = 394;

    private static final java.util.regex.Pattern CODE =
            java.util.regex.Pattern.compile("Code: (\\d{1,5})\\.");

    private final int code;

    /// An error with ClickHouse's code, 0 if unknown, and its text.
    public EngineException(int code, String text) {
        super(text);
        this.code = code;
    }

    /// An error whose text starts with `Code: N.`
    static EngineException of(String text) {
        java.util.regex.Matcher matcher = CODE.matcher(text);
        return new EngineException(matcher.find() ? Integer.parseInt(matcher.group(1)) : 0, text);
    }

    /// ClickHouse's number of the error, 0 if unknown.
    public int code() {
        return code;
    }

    /// The HTTP status that goes with it.
    int status() {
        return switch (code) {
            case SYNTAX, 6, 27, 36, 47, 53, 117, 386, 456, 457 -> 400;
            case UNKNOWN_TABLE, 81 -> 404;
            case TIMEOUT -> 408;
            case BUSY -> 503;
            default -> 500;
        };
    }
}
