package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.config.Discovery;
import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.discover.Finders;
import io.framewatch.ingest.discover.find.DiscoveryEnvironment;
import io.framewatch.ingest.discover.find.Finding;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.ingest.http.HttpClients;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.Tasks;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Runs one discovery as a job would.
public final class Finds implements AutoCloseable {

    private final HttpClients clients = new HttpClients();
    private final Tasks tasks = new Tasks("finds");
    public final Finders finders;
    private final Finders.Key key;

    /// The discovery of a job with these keys, in `folder`.
    public Finds(Path folder, DiscoveryEnvironment environment, String keys) {
        Clock clock = Clock.system();
        finders = new Finders(new HttpFetch(clients, clock), clock, tasks, environment);
        String yaml = "scrape_configs:\n- job_name: j\n" + keys.indent(2);
        Discovery discovery =
                PrometheusConfig.parse(folder.resolve("p.yml"), yaml)
                        .scrapeConfigs()
                        .getFirst()
                        .discoveries()
                        .getFirst();
        key = new Finders.Key(folder, discovery);
    }

    public Finding now() {
        return finders.finding(key);
    }

    /// Labels by address.
    public Map<String, Labels> targets() {
        Map<String, Labels> targets = new TreeMap<>();
        for (TargetGroup group : now().groups()) {
            group.addresses().forEach(address -> targets.put(address, group.labels()));
        }
        return targets;
    }

    @Override
    public void close() {
        finders.close();
        tasks.close();
        clients.close();
    }
}
