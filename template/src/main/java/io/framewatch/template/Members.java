package io.framewatch.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value with fields and methods.
public interface Members {

    /// The field `name`, or the result of the method `name`. Throws [TemplateException] if there is
    /// none or the arguments do not fit.
    @Nullable Object member(String name, List<@Nullable Object> arguments);

    /// What `{{ . }}` prints.
    String print();
}
