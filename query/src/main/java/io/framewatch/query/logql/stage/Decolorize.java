package io.framewatch.query.logql.stage;

import com.google.re2j.Pattern;

/// `decolorize`: takes terminal colours out of the text (ANSI escape sequences, ECMA-48).
public record Decolorize() implements Stage {

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");

    @Override
    public boolean process(LogLine line) {
        if (line.text().indexOf('\u001b') >= 0) {
            line.text(COLOUR.matcher(line.text()).replaceAll(""));
        }
        return true;
    }
}
