/// What the page Now asks for: [io.framewatch.server.http.now.NowEndpoints] with its live feed
/// ([io.framewatch.server.http.now.NowFeed]), the pictures of
/// [io.framewatch.server.http.now.LiveFiles], the buttons of
/// [io.framewatch.server.http.now.DemoEndpoints] and the
/// [io.framewatch.server.http.now.InboxEndpoint].
@NullMarked
package io.framewatch.server.http.now;

import org.jspecify.annotations.NullMarked;
