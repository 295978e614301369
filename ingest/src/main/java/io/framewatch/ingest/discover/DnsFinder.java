package io.framewatch.ingest.discover;

import io.framewatch.ingest.config.Discovery;
import io.framewatch.ingest.discover.find.Addresses;
import io.framewatch.ingest.discover.find.FindException;
import io.framewatch.ingest.discover.find.FinderCounts;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Targets that the records of names give. A name that no server answers about keeps the targets it
/// had.
final class DnsFinder extends PeriodicFinder {

    private final Discovery.Dns config;
    private final DnsLookup lookup;
    private final SearchPath search;
    private final Map<String, List<TargetGroup>> known = new HashMap<>();

    DnsFinder(Discovery.Dns config, DnsLookup lookup, SearchPath search, Clock clock) {
        super(clock, new FinderCounts("dns", String.join(", ", config.names())));
        this.config = config;
        this.lookup = lookup;
        this.search = search;
    }

    @Override
    List<TargetGroup> find() throws FindException {
        FindException problem = null;
        for (String name : config.names()) {
            try {
                known.put(name, groups(name));
            } catch (FindException e) {
                problem = e;
            }
        }
        List<TargetGroup> all = new ArrayList<>();
        config.names().forEach(name -> all.addAll(known.getOrDefault(name, List.of())));
        if (problem != null) {
            throw known.isEmpty() ? problem : problem.with(all);
        }
        return all;
    }

    private List<TargetGroup> groups(String name) throws FindException {
        List<TargetGroup> groups = new ArrayList<>();
        for (String record : records(name)) {
            TargetGroup group = group(name, record.strip().split("\\s+"));
            if (group != null) {
                groups.add(group);
            }
        }
        return groups;
    }

    /// The records of the first name of the search path that exists; none if none of them does.
    private List<String> records(String name) throws FindException {
        FindException problem = null;
        for (String candidate : search.candidates(name)) {
            try {
                List<String> records = lookup.records(candidate, config.type());
                if (records != null) {
                    return records;
                }
            } catch (FindException e) {
                problem = e;
            }
        }
        if (problem != null) {
            throw problem;
        }
        return List.of();
    }

    private @Nullable TargetGroup group(String name, String[] data) {
        Labels.Builder labels = new Labels.Builder().set("__meta_dns_name", name);
        String host = data[data.length - 1];
        int port = config.port();
        switch (config.type()) {
            case SRV -> {
                if (data.length != 4) {
                    return null;
                }
                port = Integer.parseInt(data[2]);
                labels.set("__meta_dns_srv_record_target", host);
                labels.set("__meta_dns_srv_record_port", data[2]);
            }
            case MX -> labels.set("__meta_dns_mx_record_target", host);
            case NS -> labels.set("__meta_dns_ns_record_target", host);
            case A, AAAA -> {}
        }
        return new TargetGroup(List.of(Addresses.of(host, port)), labels.build());
    }
}
