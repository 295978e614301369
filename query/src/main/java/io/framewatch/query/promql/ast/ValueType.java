package io.framewatch.query.promql.ast;

/// What an expression evaluates to.
public enum ValueType {
    SCALAR("scalar", "scalar"),
    STRING("string", "string"),
    VECTOR("instant vector", "vector"),
    MATRIX("range vector", "matrix");

    private final String words;
    private final String apiName;

    ValueType(String words, String apiName) {
        this.words = words;
        this.apiName = apiName;
    }

    /// As messages to people name it.
    public String words() {
        return words;
    }

    /// As the HTTP API names it.
    public String apiName() {
        return apiName;
    }
}
