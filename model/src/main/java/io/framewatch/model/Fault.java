package io.framewatch.model;

/// Something that went wrong, told the way a person needs it: what happened, whose turn it is, what
/// to do.
///
/// The texts are shown to people as they are: they carry no secret and end with a full stop.
///
/// @param code stable `lower_snake_case` word, listed in `docs/reference/errors.md`
/// @param turn who has to act
/// @param what what happened, one sentence
/// @param todo what to do about it, one sentence starting with a verb
public record Fault(String code, Turn turn, String what, String todo) {

    /// Who has to act next.
    public enum Turn {
        /// The program or person that sent the request; trying again unchanged will fail again.
        CALLER,
        /// Whoever configures or runs this server.
        OPERATOR,
        /// Nobody yet: the condition passes, the same request may be sent again later.
        LATER,
        /// The developers: a defect of this program.
        FRAMEWATCH
    }

    /// A fault the sender of the request has to mend.
    public static Fault caller(String code, String what, String todo) {
        return new Fault(code, Turn.CALLER, what, todo);
    }

    /// A fault the operator of this server has to mend.
    public static Fault operator(String code, String what, String todo) {
        return new Fault(code, Turn.OPERATOR, what, todo);
    }

    /// A condition that passes by itself.
    public static Fault later(String code, String what, String todo) {
        return new Fault(code, Turn.LATER, what, todo);
    }

    /// A defect of this program.
    public static Fault defect(String what) {
        return new Fault("internal", Turn.FRAMEWATCH, what, "Report it with the server's log.");
    }

    /// What happened and what to do, as one line.
    public String message() {
        return what + " " + todo;
    }
}
