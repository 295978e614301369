package io.framewatch.template;

/// A template that does not parse, or does not render with the data given. The message is fit for
/// people.
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// A problem in words.
    public TemplateException(String message) {
        super(message);
    }

    /// A problem in words, and what caused it.
    public TemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
