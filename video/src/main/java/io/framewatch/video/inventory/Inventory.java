package io.framewatch.video.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that is expected to be there. Immutable and thread safe; ids are unique, which
/// [InventoryFile] and [UrlInventory] see to.
public final class Inventory {

    /// Most streams in one inventory.
    public static final int STREAMS_MAX = 20_000;

    private final String title;
    private final List<Site> sites;
    private final List<Pipeline> pipelines;
    private final Map<String, Place> places = new LinkedHashMap<>();

    /// Where a stream belongs.
    ///
    /// @param site its site
    /// @param camera its camera
    /// @param stream the stream itself
    public record Place(Site site, Camera camera, VideoStream stream) {}

    /// An inventory of these sites and pipelines; `title` heads the page, may be empty.
    public Inventory(String title, List<Site> sites, List<Pipeline> pipelines) {
        this.title = title;
        this.sites = List.copyOf(sites);
        this.pipelines = List.copyOf(pipelines);
        for (Site site : sites) {
            for (Camera camera : site.cameras()) {
                for (VideoStream stream : camera.streams()) {
                    places.put(stream.id(), new Place(site, camera, stream));
                }
            }
        }
    }

    /// What heads the page.
    public String title() {
        return title;
    }

    /// The sites, in the order of the file.
    public List<Site> sites() {
        return sites;
    }

    /// The pipelines, in the order of the file.
    public List<Pipeline> pipelines() {
        return pipelines;
    }

    /// Every stream with its camera and site, in the order of the file.
    public List<Place> places() {
        return List.copyOf(places.values());
    }

    /// Where a stream belongs, or null if it is not in the inventory.
    public @Nullable Place place(String streamId) {
        return places.get(streamId);
    }

    /// The streams of a site.
    public List<VideoStream> streamsOf(Site site) {
        return site.cameras().stream().flatMap(camera -> camera.streams().stream()).toList();
    }

    /// The stages a stream passes, nearest the camera first; empty if no pipeline carries it.
    public List<Stage> stagesOf(String streamId) {
        List<Stage> stages = new ArrayList<>();
        for (Pipeline pipeline : pipelines) {
            if (pipeline.streams().contains(streamId)) {
                stages.addAll(pipeline.stages());
            }
        }
        return stages;
    }
}
