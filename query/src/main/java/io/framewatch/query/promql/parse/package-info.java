/// From text to tree. [io.framewatch.query.promql.parse.Lexer] cuts the text into tokens,
/// [io.framewatch.query.promql.parse.PromqlParser] builds the tree by recursive descent, and
/// [io.framewatch.query.promql.parse.TypeCheck] refuses trees that cannot be evaluated. Whatever is
/// wrong is told as `line:column` with, where one can guess it, the mend.
@NullMarked
package io.framewatch.query.promql.parse;

import org.jspecify.annotations.NullMarked;
