package io.framewatch.query.logql.stage;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;

/// `regexp "(?P<name>...)"`: named groups of a regular expression become labels.
///
/// @param pattern RE2 with at least one named group
public record RegexpParser(Pattern pattern) implements Stage {

    /// Refuses a pattern without a named group.
    public RegexpParser {
        if (pattern.namedGroups().isEmpty()) {
            throw new FaultException(
                    Fault.caller(
                            "logql_parse",
                            "The regular expression of regexp has no named group.",
                            "Name what to extract: (?P<name>...)."));
        }
    }

    @Override
    public boolean process(LogLine line) {
        Matcher matcher = pattern.matcher(line.text());
        if (matcher.find()) {
            for (String name : pattern.namedGroups().keySet()) {
                String value = matcher.group(name);
                if (value != null) {
                    line.extract(name, value);
                }
            }
        }
        return true;
    }
}
