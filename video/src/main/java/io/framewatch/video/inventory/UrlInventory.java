package io.framewatch.video.inventory;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// An inventory from nothing but addresses: one stream each, named after the telling part of its
/// path; hosts become sites.
public final class UrlInventory {

    /// Path words that name a file or a protocol rather than a picture.
    private static final Set<String> DULL =
            Set.of(
                    "index",
                    "playlist",
                    "master",
                    "live",
                    "hls",
                    "stream",
                    "main",
                    "chunklist",
                    "manifest");

    private static final int ID_LENGTH_MAX = 60;

    private UrlInventory() {}

    /// The inventory of these addresses, in their order; an address given twice counts once. Throws
    /// [FaultException] with code `address_invalid` for one that cannot be watched.
    public static Inventory of(List<String> urls) {
        Map<String, List<Camera>> sites = new LinkedHashMap<>();
        Set<String> ids = new HashSet<>();
        for (String url : new LinkedHashSet<>(urls)) {
            check(url);
            URI uri = URI.create(url);
            String id = unique(word(uri), ids);
            Camera camera = new Camera(id, id, "", List.of(VideoStream.of(id, id, url)));
            sites.computeIfAbsent(host(uri), _ -> new ArrayList<>()).add(camera);
        }
        List<Site> list = new ArrayList<>();
        sites.forEach((host, cameras) -> list.add(new Site(host, host, List.of(), cameras)));
        return new Inventory("", list, List.of());
    }

    private static void check(String url) {
        if (!Addresses.isWatchable(url)) {
            throw new FaultException(
                    Fault.caller(
                            "address_invalid",
                            "The address " + VideoStream.shown(url) + " cannot be watched.",
                            "Give one that starts with " + Addresses.KNOWN + "."));
        }
    }

    private static String host(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static String word(URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath();
        String[] parts = path.split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
            String part = parts[i];
            int dot = part.lastIndexOf('.');
            String stem = dot > 0 ? part.substring(0, dot) : part;
            String clean =
                    stem.replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
            if (!clean.isEmpty() && !DULL.contains(clean.toLowerCase(Locale.ROOT))) {
                return clean.substring(0, Math.min(clean.length(), ID_LENGTH_MAX));
            }
        }
        return "stream";
    }

    private static String unique(String word, Set<String> taken) {
        String id = word;
        for (int n = 2; !taken.add(id); n++) {
            id = word + "-" + n;
        }
        return id;
    }
}
