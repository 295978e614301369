/// Targets that a Kubernetes cluster knows of. [io.framewatch.ingest.discover.kubernetes.ApiAccess]
/// finds out how to reach the API (inside the cluster, by a kubeconfig file, by an address), an
/// `ObjectWatch` lists each kind of object and then watches its changes, and the classes
/// `...Targets` turn objects into targets with the labels `__meta_kubernetes_*` of Prometheus's
/// documentation. [io.framewatch.ingest.discover.kubernetes.KubernetesFinder] holds it all
/// together.
@NullMarked
package io.framewatch.ingest.discover.kubernetes;

import org.jspecify.annotations.NullMarked;
