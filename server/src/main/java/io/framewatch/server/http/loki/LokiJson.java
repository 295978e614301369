package io.framewatch.server.http.loki;

import io.framewatch.query.logql.LogStream;
import io.framewatch.query.promql.Value;
import io.framewatch.server.http.JsonOut;
import io.framewatch.server.http.prometheus.ResultJson;
import java.util.List;

/// Writes answers in the form Loki's clients read.
final class LokiJson {

    private LokiJson() {}

    /// `{"status":"success","data":{"resultType":"streams",...}}`
    static JsonOut streams(List<LogStream> streams) {
        JsonOut out = new JsonOut();
        out.raw("{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[");
        for (int i = 0; i < streams.size(); i++) {
            out.raw(i == 0 ? "{\"stream\":" : ",{\"stream\":");
            ResultJson.labels(out, streams.get(i).labels());
            out.raw(",\"values\":[");
            List<LogStream.Line> lines = streams.get(i).lines();
            for (int n = 0; n < lines.size(); n++) {
                out.raw(n == 0 ? "[\"" : ",[\"").number(lines.get(n).timestampNs()).raw("\",");
                out.text(lines.get(n).text()).raw(']');
            }
            out.raw("]}");
        }
        return out.raw("],\"stats\":{}}}");
    }

    /// `{"status":"success","data":{"resultType":"matrix",...}}`
    static JsonOut value(Value value) {
        JsonOut out = new JsonOut();
        out.raw("{\"status\":\"success\",\"data\":{");
        ResultJson.value(out, value);
        return out.raw(",\"stats\":{}}}");
    }

    /// `{"status":"success","data":[...]}`
    static JsonOut texts(List<String> texts) {
        JsonOut out = new JsonOut();
        out.raw("{\"status\":\"success\",\"data\":");
        ResultJson.texts(out, texts);
        return out.raw('}');
    }
}
