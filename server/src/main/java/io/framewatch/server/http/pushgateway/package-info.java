/// The Pushgateway's interface for jobs that end before anybody could scrape them
/// (<https://github.com/prometheus/pushgateway>). A push names a group by the labels of its path;
/// [io.framewatch.server.http.pushgateway.PushGateway] keeps the groups, writes them to the data
/// folder and puts their samples into the store again and again, as a scrape would;
/// [io.framewatch.server.http.pushgateway.PushGatewayEndpoint] reads paths and bodies.
@NullMarked
package io.framewatch.server.http.pushgateway;

import org.jspecify.annotations.NullMarked;
