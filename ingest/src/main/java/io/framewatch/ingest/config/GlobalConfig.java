package io.framewatch.ingest.config;

import io.framewatch.model.Labels;

/// The section `global`.
///
/// @param scrapeIntervalMs time between scrapes, milliseconds
/// @param scrapeTimeoutMs longest scrape, milliseconds
/// @param evaluationIntervalMs time between rule evaluations, milliseconds
/// @param ruleQueryOffsetMs how far back rules look, milliseconds
/// @param externalLabels labels added to whatever leaves this server
/// @param limits limits of jobs that set none
public record GlobalConfig(
        long scrapeIntervalMs,
        long scrapeTimeoutMs,
        long evaluationIntervalMs,
        long ruleQueryOffsetMs,
        Labels externalLabels,
        ScrapeLimits limits) {}
