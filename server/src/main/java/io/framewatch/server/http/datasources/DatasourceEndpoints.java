package io.framewatch.server.http.datasources;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.config.DatasourceSettings;
import io.framewatch.server.dashboards.Exchange;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Bodies;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.JsonOut;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// `GET /api/datasources`, and `GET` and `POST /api/datasources/{uid}/proxy/...`, which ask another
/// server what its protocol lets one read. Thread safe.
public final class DatasourceEndpoints implements Endpoints, AutoCloseable {

    private static final int FORM_BYTES_MAX = 1 << 20;
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x20\"<>\\\\^`{|}#]");

    private final List<DatasourceSettings> sources;
    private final Upstream upstream = new Upstream();

    /// Serves these beside the built-in ones.
    public DatasourceEndpoints(List<DatasourceSettings> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/api/datasources", this::list);
        rules.get("/api/datasources/{uid}/proxy/{+path}", this::pass);
        rules.post("/api/datasources/{uid}/proxy/{+path}", this::pass);
    }

    private void list(ServerRequest req, ServerResponse res) {
        Tenant tenant = Caller.of(req).tenant();
        Set<DatasourceSettings.Type> taken = EnumSet.noneOf(DatasourceSettings.Type.class);
        visible(tenant).stream()
                .filter(DatasourceSettings::isDefault)
                .forEach(each -> taken.add(each.type()));
        JsonOut out = new JsonOut().raw('[');
        builtIn(out, "framewatch", "Framewatch", DatasourceSettings.Type.PROMETHEUS, "", taken);
        out.raw(',');
        builtIn(out, "framewatch-logs", "Framewatch logs", DatasourceSettings.Type.LOKI, "", taken);
        out.raw(',');
        builtIn(
                out,
                "framewatch-traces",
                "Framewatch traces",
                DatasourceSettings.Type.JAEGER,
                "/jaeger",
                taken);
        for (DatasourceSettings each : visible(tenant)) {
            String base = "/api/datasources/" + each.uid() + "/proxy";
            out.raw(',');
            source(out, each.uid(), each.name(), each.type(), base, each.isDefault());
        }
        res.header(HeaderNames.CACHE_CONTROL, "private, no-cache");
        Answers.json(req, res, out.raw(']').toBytes());
    }

    /// The data sources of a tenant, those that are preferred first.
    public List<Exchange.Source> known(Tenant tenant) {
        List<Exchange.Source> known = new ArrayList<>();
        visible(tenant).stream()
                .filter(DatasourceSettings::isDefault)
                .forEach(each -> known.add(exchanged(each)));
        known.add(new Exchange.Source("framewatch", "prometheus", "Framewatch"));
        known.add(new Exchange.Source("framewatch-logs", "loki", "Framewatch logs"));
        known.add(new Exchange.Source("framewatch-traces", "jaeger", "Framewatch traces"));
        visible(tenant).stream()
                .filter(each -> !each.isDefault())
                .forEach(each -> known.add(exchanged(each)));
        return known;
    }

    private static Exchange.Source exchanged(DatasourceSettings source) {
        String type = source.type().name().toLowerCase(Locale.ROOT);
        return new Exchange.Source(source.uid(), type, source.name());
    }

    private static void builtIn(
            JsonOut out,
            String uid,
            String name,
            DatasourceSettings.Type type,
            String base,
            Set<DatasourceSettings.Type> taken) {
        source(out, uid, name, type, base, !taken.contains(type));
    }

    private static void source(
            JsonOut out,
            String uid,
            String name,
            DatasourceSettings.Type type,
            String base,
            boolean isDefault) {
        out.raw("{\"uid\":").text(uid).raw(",\"name\":").text(name);
        out.raw(",\"type\":").text(type.name().toLowerCase(Locale.ROOT));
        out.raw(",\"isDefault\":").raw(isDefault ? "true" : "false");
        out.raw(",\"readOnly\":true,\"access\":\"proxy\",\"base\":").text(base).raw('}');
    }

    private List<DatasourceSettings> visible(Tenant tenant) {
        return sources.stream().filter(each -> each.tenants().contains(tenant.id())).toList();
    }

    private void pass(ServerRequest req, ServerResponse res) {
        String uid = req.path().pathParameters().get("uid");
        DatasourceSettings source =
                visible(Caller.of(req).tenant()).stream()
                        .filter(each -> each.uid().equals(uid))
                        .findFirst()
                        .orElseThrow(DatasourceEndpoints::unknown);
        String raw = req.path().rawPath();
        String path = raw.substring(raw.indexOf("/proxy/") + "/proxy".length());
        String method = req.prologue().method().text();
        String query = req.query().rawValue();
        if (!ReadPaths.allows(source.type(), method, path) || CONTROL.matcher(query).find()) {
            throw new FaultException(
                    Fault.caller(
                            "datasource_path",
                            "This is not asked of a data source of this type.",
                            "Ask what its protocol lets one read, as docs/reference/dashboards.md"
                                    + " says."));
        }
        byte[] form = method.equals("POST") ? Bodies.read(req, FORM_BYTES_MAX) : null;
        String asked = query.isEmpty() ? path : path + "?" + query;
        Upstream.Answer answer = upstream.ask(source, asked, form);
        res.status(answer.status());
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.body(req, res, answer.type(), answer.body());
    }

    private static FaultException unknown() {
        return new FaultException(
                Fault.caller(
                        "not_found",
                        "There is no data source with this uid.",
                        "Look at GET /api/datasources."));
    }

    @Override
    public void close() {
        upstream.close();
    }
}
