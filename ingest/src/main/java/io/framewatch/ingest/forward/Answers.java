package io.framewatch.ingest.forward;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.framewatch.ingest.http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What remotes say, as text for the log.
final class Answers {

    private static final int CHARACTERS_MAX = 300;

    /// `google.rpc.Status.message`.
    private static final int MESSAGE_FIELD = 2;

    private Answers() {}

    /// Status and beginning of the body.
    static String status(Answer answer) {
        String said = said(answer);
        return "status " + answer.status() + (said.isEmpty() ? "" : ": " + said);
    }

    private static String said(Answer answer) {
        byte[] body = Arrays.copyOf(answer.body().data(), answer.body().length());
        String text = new String(body, StandardCharsets.UTF_8);
        if (answer.contentType().startsWith("application/x-protobuf")) {
            text = message(body);
        }
        String line = text.strip().replaceAll("\\s+", " ");
        return line.substring(0, Math.min(line.length(), CHARACTERS_MAX));
    }

    private static String message(byte[] body) {
        try {
            return String.join(
                    " ",
                    UnknownFieldSet.parseFrom(body)
                            .getField(MESSAGE_FIELD)
                            .getLengthDelimitedList()
                            .stream()
                            .map(bytes -> bytes.toStringUtf8())
                            .toList());
        } catch (InvalidProtocolBufferException e) {
            return "";
        }
    }
}
