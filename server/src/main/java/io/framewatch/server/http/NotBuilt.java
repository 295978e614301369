package io.framewatch.server.http;

import java.nio.charset.StandardCharsets;

/// What stands in place of the pages when the program was built without them.
final class NotBuilt {

    private NotBuilt() {}

    static byte[] page() {
        return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Framewatch</title></head>
        <body>
        <h1>The pages were not built into this program</h1>
        <p>The server runs and its interfaces answer, for example
        <a href="/api/now">/api/now</a> and <a href="/metrics">/metrics</a>.</p>
        <p>Install Node 20 or newer with npm, run <code>./framewatch build</code> in the
        folder of the sources, and start the server again.</p>
        </body></html>
        """
                .getBytes(StandardCharsets.UTF_8);
    }
}
