package io.framewatch.ingest.config;

import io.framewatch.ingest.relabel.RelabelRule;
import java.util.List;

/// One entry of `alerting.alertmanagers`: foreign Alertmanagers that alerts are sent to.
///
/// @param scheme `http` or `https`
/// @param pathPrefix prefix of the API's path
/// @param timeoutMs longest request, milliseconds
/// @param http how to make the requests
/// @param relabel rules for the Alertmanagers found
/// @param alertRelabel rules for alerts sent to these only
/// @param discoveries where they come from
public record AlertmanagerConfig(
        String scheme,
        String pathPrefix,
        long timeoutMs,
        HttpClientConfig http,
        List<RelabelRule> relabel,
        List<RelabelRule> alertRelabel,
        List<Discovery> discoveries) {}
