package io.framewatch.query.promql.parse;

import io.framewatch.model.FaultException;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.print.ExprPrinter;
import io.framewatch.testkit.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.ObjectMapper;

@Tag("conformance")
final class ParserConformanceTest {

    @Test
    void parseCases() throws IOException {
        Path file = Corpus.find("facts/promql-parse-cases.yaml");
        if (file == null) {
            return;
        }
        Corpus corpus = Corpus.of("promql-parse-cases");
        for (Map<?, ?> each : cases(file)) {
            String query = String.valueOf(each.get("query"));
            boolean valid = Boolean.TRUE.equals(each.get("valid"));
            try {
                Expr expr = PromqlParser.parse(query);
                boolean root =
                        each.get("root") == null || each.get("root").equals(referenceName(expr));
                corpus.check(valid && root, query + " -> " + expr);
            } catch (FaultException e) {
                corpus.check(
                        !valid && e.fault().code().equals("promql_parse"),
                        query + " -> " + e.getMessage());
            }
        }
        corpus.finish();
    }

    private static String referenceName(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral _ -> "NumberLiteral";
            case Expr.StringLiteral _ -> "StringLiteral";
            case Expr.VectorSelector _ -> "VectorSelector";
            case Expr.MatrixSelector _ -> "MatrixSelector";
            case Expr.Subquery _ -> "SubqueryExpr";
            case Expr.Call _ -> "Call";
            case Expr.Aggregate _ -> "AggregateExpr";
            case Expr.Binary _ -> "BinaryExpr";
            case Expr.Unary _ -> "UnaryExpr";
            case Expr.Paren _ -> "ParenExpr";
        };
    }

    @Test
    void printCases() throws IOException {
        Path file = Corpus.find("facts/promql-print-cases.yaml");
        if (file == null) {
            return;
        }
        Corpus corpus = Corpus.of("promql-print-cases");
        for (Map<?, ?> each : cases(file)) {
            String query = String.valueOf(each.get("query"));
            try {
                String printed = ExprPrinter.print(PromqlParser.parse(query));
                corpus.check(
                        printed.equals(String.valueOf(each.get("canonical"))),
                        query + " -> " + printed + " not " + each.get("canonical"));
            } catch (FaultException e) {
                corpus.fail(query + " -> " + e.getMessage());
            }
        }
        corpus.finish();
    }

    @Test
    void expressionsOfTheFieldParseAndPrint() throws IOException {
        Path file = Corpus.find("derived/promql-accept.jsonl");
        if (file == null) {
            return;
        }
        ObjectMapper json = new ObjectMapper();
        Corpus corpus = Corpus.of("promql-accept");
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank()) {
                continue;
            }
            String query = json.readTree(line).get("expr").asString();
            try {
                String printed = ExprPrinter.print(PromqlParser.parse(query));
                String again = ExprPrinter.print(PromqlParser.parse(printed));
                corpus.check(again.equals(printed), query + " -> " + printed + " -> " + again);
            } catch (FaultException e) {
                corpus.fail(query + " -> " + e.getMessage());
            }
        }
        corpus.finish();
    }

    @SuppressWarnings("unchecked") // the files are maps with one list of maps
    private static List<Map<?, ?>> cases(Path file) throws IOException {
        Map<String, Object> all =
                (Map<String, Object>)
                        new Load(LoadSettings.builder().build())
                                .loadFromString(Files.readString(file));
        return Objects.requireNonNull((List<Map<?, ?>>) all.get("cases"));
    }
}
