package io.framewatch.query.promqltest;

import io.framewatch.model.Labels;
import java.util.List;

/// A series with its values, to be loaded or expected.
///
/// @param line where it stands in the script, from 1
/// @param labels the series
/// @param startTimes whether the points are start timestamps relative to the samples, milliseconds
/// @param points one per step
record SeriesLine(int line, Labels labels, boolean startTimes, List<Point> points) {}
