package io.framewatch.ingest.discover.kubernetes;

/// A kind of object: where the API has it.
enum Kind {
    NODE("node", "/api/v1", "nodes", false),
    NAMESPACE("namespace", "/api/v1", "namespaces", false),
    POD("pod", "/api/v1", "pods", true),
    SERVICE("service", "/api/v1", "services", true),
    ENDPOINTS("endpoints", "/api/v1", "endpoints", true),
    ENDPOINTSLICE("endpointslice", "/apis/discovery.k8s.io/v1", "endpointslices", true),
    INGRESS("ingress", "/apis/networking.k8s.io/v1", "ingresses", true),
    REPLICASET("replicaset", "/apis/apps/v1", "replicasets", true),
    JOB("job", "/apis/batch/v1", "jobs", true);

    /// The word in selectors.
    final String word;

    private final String group;
    private final String plural;

    /// Whether objects of this kind belong to a namespace.
    final boolean namespaced;

    Kind(String word, String group, String plural, boolean namespaced) {
        this.word = word;
        this.group = group;
        this.plural = plural;
        this.namespaced = namespaced;
    }

    /// The path of the collection in a namespace; of all namespaces if it is empty.
    String path(String namespace) {
        return namespaced && !namespace.isEmpty()
                ? group + "/namespaces/" + namespace + "/" + plural
                : group + "/" + plural;
    }
}
