/// The HTTP border. A request passes [io.framewatch.server.http.HttpListener]'s filters in order:
/// measured, checked for who sends it, given its security headers; then an
/// [io.framewatch.server.http.Endpoints] answers it. What goes wrong on the way arrives as a fault
/// at [io.framewatch.server.http.FaultAnswers], which turns it into status and JSON.
@NullMarked
package io.framewatch.server.http;

import org.jspecify.annotations.NullMarked;
