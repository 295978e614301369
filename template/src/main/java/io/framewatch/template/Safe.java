package io.framewatch.template;

/// A text that goes into HTML as it is.
///
/// @param text the text
record Safe(String text) {}
