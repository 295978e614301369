package io.framewatch.ingest.discover;

import io.framewatch.model.Labels;
import java.util.List;

/// The targets of one job.
///
/// @param active to be scraped, each once
/// @param dropped discovered labels of those that relabelling dropped
/// @param problems why some could not become targets, one sentence each
public record TargetSet(List<Target> active, List<Labels> dropped, List<String> problems) {}
