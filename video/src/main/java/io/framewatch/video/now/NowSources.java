package io.framewatch.video.now;

import io.framewatch.model.Alert;
import io.framewatch.video.probe.Pictures;
import io.framewatch.video.segment.RecentSegments;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the page needs beside states and causes.
///
/// @param title heads the page
/// @param mode `demo`, `watch` or `serve`
/// @param alerts alerts that are pending, firing or lately resolved
/// @param pictures newest thumbnails
/// @param segments newest segments
/// @param changes what changed lately
/// @param playlist address of a stream's live picture on this server, by stream id; null if there
///   is none
/// @param demo the demo's state; gives null outside of the demo
/// @param zone whose time of day sentences tell
public record NowSources(
        String title,
        String mode,
        Supplier<List<Alert>> alerts,
        Pictures pictures,
        RecentSegments segments,
        ChangeLog changes,
        Function<String, @Nullable String> playlist,
        Supplier<Now.@Nullable Demo> demo,
        ZoneId zone) {}
