package io.framewatch.ingest.discover.kubernetes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framewatch.ingest.discover.find.DiscoveryEnvironment;
import io.framewatch.model.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The labels of each role, as Prometheus's configuration reference lists them.
@Timeout(90)
final class KubernetesTargetsTest {

    private static final String POD =
            """
            {'metadata': {'name': 'enc-1', 'namespace': 'video', 'uid': 'u-1',
              'labels': {'app.kubernetes.io/name': 'enc'}, 'annotations': {'a/b': 'c'},
              'ownerReferences': [{'controller': true, 'kind': 'ReplicaSet', 'name': 'enc-rs'}]},
             'spec': {'nodeName': 'n1',
               'containers': [
                 {'name': 'main', 'image': 'enc:1', 'ports': [
                   {'containerPort': 9100, 'name': 'metrics', 'protocol': 'TCP'},
                   {'containerPort': 9200, 'name': 'api', 'protocol': 'TCP'}]},
                 {'name': 'plain', 'image': 'p:1'}],
               'initContainers': [{'name': 'side', 'image': 's:1', 'restartPolicy': 'Always',
                 'ports': [{'containerPort': 9300, 'protocol': 'TCP'}]}]},
             'status': {'podIP': '10.1.0.1', 'hostIP': '192.0.2.1', 'phase': 'Running',
               'conditions': [{'type': 'Ready', 'status': 'True'}],
               'containerStatuses': [{'name': 'main', 'containerID': 'containerd://1'}],
               'initContainerStatuses': [{'name': 'side', 'containerID': 'containerd://2'}]}}
            """;
    private static final String NODE =
            """
            {'metadata': {'name': 'n1', 'labels': {'zone': 'z'}, 'annotations': {'x.y': 'v'}},
             'spec': {'providerID': 'aws:///i-1'},
             'status': {'addresses': [{'type': 'Hostname', 'address': 'n1.local'},
                 {'type': 'InternalIP', 'address': '192.0.2.1'}],
               'conditions': [{'type': 'Ready', 'status': 'True'},
                 {'type': 'MemoryPressure', 'status': 'Unknown'}],
               'daemonEndpoints': {'kubeletEndpoint': {'Port': 10250}}}}
            """;
    private static final String SERVICE =
            """
            {'metadata': {'name': 'enc', 'namespace': 'video', 'labels': {'tier': 'edge'}},
             'spec': {'type': 'LoadBalancer', 'clusterIP': '10.9.0.1',
               'ports': [{'name': 'metrics', 'port': 80, 'protocol': 'TCP'}]},
             'status': {'loadBalancer': {'ingress': [{'ip': '1.1.1.1'}, {'ip': '2.2.2.2'}]}}}
            """;

    private KubernetesDouble api;

    @BeforeEach
    void open() throws IOException {
        api = new KubernetesDouble();
    }

    @AfterEach
    void close() {
        api.close();
    }

    /// The labels by address, once there are as many targets as `count`.
    private Map<String, Map<String, String>> targets(int count, String keys) {
        String section = "api_server: " + api.address() + "\n" + keys;
        String yaml = "kubernetes_sd_configs:\n-\n" + section.indent(2);
        try (Finds finds = new Finds(Path.of(""), DiscoveryEnvironment.SYSTEM, yaml)) {
            await().atMost(30, SECONDS).until(() -> finds.targets().size() == count);
            Map<String, Map<String, String>> found = new TreeMap<>();
            finds.targets().forEach((address, labels) -> found.put(address, shortened(labels)));
            return found;
        }
    }

    private static Map<String, String> shortened(Labels labels) {
        Map<String, String> map = new TreeMap<>();
        labels.forEach((name, value) -> map.put(name.replace("__meta_kubernetes_", ""), value));
        return map;
    }

    private static Map<String, String> podLabels() {
        Map<String, String> labels = new TreeMap<>();
        labels.put("namespace", "video");
        labels.put("pod_name", "enc-1");
        labels.put("pod_ip", "10.1.0.1");
        labels.put("pod_host_ip", "192.0.2.1");
        labels.put("pod_label_app_kubernetes_io_name", "enc");
        labels.put("pod_labelpresent_app_kubernetes_io_name", "true");
        labels.put("pod_annotation_a_b", "c");
        labels.put("pod_annotationpresent_a_b", "true");
        labels.put("pod_ready", "true");
        labels.put("pod_phase", "Running");
        labels.put("pod_node_name", "n1");
        labels.put("pod_uid", "u-1");
        labels.put("pod_controller_kind", "ReplicaSet");
        labels.put("pod_controller_name", "enc-rs");
        return labels;
    }

    private static void container(Map<String, String> labels, String... values) {
        String[] names = {"name", "image", "init", "port_name", "port_number", "port_protocol"};
        for (int i = 0; i < values.length; i++) {
            if (!values[i].isEmpty()) {
                labels.put("pod_container_" + names[i], values[i]);
            }
        }
    }

    @Test
    void pods() {
        api.put("pods", POD);
        api.put("pods", "{'metadata': {'name': 'starting', 'namespace': 'video'}}");
        Map<String, Map<String, String>> found = targets(4, "role: pod");
        Map<String, String> main = podLabels();
        container(main, "main", "enc:1", "false", "metrics", "9100", "TCP");
        main.put("pod_container_id", "containerd://1");
        assertThat(found.get("10.1.0.1:9100")).isEqualTo(main);
        Map<String, String> plain = podLabels();
        container(plain, "plain", "p:1", "false");
        assertThat(found.get("10.1.0.1")).isEqualTo(plain);
        Map<String, String> side = podLabels();
        container(side, "side", "s:1", "true", "", "9300", "TCP");
        side.put("pod_container_id", "containerd://2");
        assertThat(found.get("10.1.0.1:9300")).isEqualTo(side);
    }

    @Test
    void podsWithMetadataOfOthers() {
        api.put("pods", POD);
        api.put("nodes", NODE);
        api.put("namespaces", "{'metadata': {'name': 'video', 'labels': {'team': 'media'}}}");
        api.put(
                "replicasets",
                "{'metadata': {'name': 'enc-rs', 'namespace': 'video', 'ownerReferences':"
                        + " [{'controller': true, 'kind': 'Deployment', 'name': 'enc'}]}}");
        String attach = "attach_metadata: {node: true, namespace: true, deployment: true}";
        Map<String, String> labels = targets(4, "role: pod\n" + attach).get("10.1.0.1:9100");
        assertThat(labels)
                .containsEntry("node_name", "n1")
                .containsEntry("node_label_zone", "z")
                .containsEntry("node_labelpresent_zone", "true")
                .containsEntry("namespace_label_team", "media")
                .containsEntry("namespace_labelpresent_team", "true")
                .containsEntry("pod_deployment_name", "enc");
    }

    @Test
    void jobsAndCronJobsOfPods() {
        api.put("pods", POD.replace("ReplicaSet", "Job").replace("enc-rs", "nightly-1"));
        api.put(
                "jobs",
                "{'metadata': {'name': 'nightly-1', 'namespace': 'video', 'ownerReferences':"
                        + " [{'controller': true, 'kind': 'CronJob', 'name': 'nightly'}]}}");
        String attach = "attach_metadata: {job: true, cronjob: true}";
        assertThat(targets(4, "role: pod\n" + attach).get("10.1.0.1:9100"))
                .containsEntry("pod_job_name", "nightly-1")
                .containsEntry("pod_cronjob_name", "nightly");
    }

    @Test
    void nodes() {
        api.put("nodes", NODE);
        Map<String, String> expected = new TreeMap<>();
        expected.put("instance", "n1");
        expected.put("node_name", "n1");
        expected.put("node_provider_id", "aws:///i-1");
        expected.put("node_label_zone", "z");
        expected.put("node_labelpresent_zone", "true");
        expected.put("node_annotation_x_y", "v");
        expected.put("node_annotationpresent_x_y", "true");
        expected.put("node_condition_ready", "true");
        expected.put("node_condition_memorypressure", "unknown");
        expected.put("node_address_InternalIP", "192.0.2.1");
        expected.put("node_address_Hostname", "n1.local");
        assertThat(targets(1, "role: node")).isEqualTo(Map.of("192.0.2.1:10250", expected));
    }

    @Test
    void services() {
        api.put("services", SERVICE);
        Map<String, String> expected = new TreeMap<>();
        expected.put("namespace", "video");
        expected.put("service_name", "enc");
        expected.put("service_label_tier", "edge");
        expected.put("service_labelpresent_tier", "true");
        expected.put("service_type", "LoadBalancer");
        expected.put("service_cluster_ip", "10.9.0.1");
        expected.put("service_loadbalancer_ip", "1.1.1.1,2.2.2.2");
        expected.put("service_port_name", "metrics");
        expected.put("service_port_number", "80");
        expected.put("service_port_protocol", "TCP");
        assertThat(targets(1, "role: service")).isEqualTo(Map.of("enc.video.svc:80", expected));
    }

    @Test
    void endpointsWithTheirServiceAndPods() {
        api.put("pods", POD);
        api.put("services", SERVICE);
        api.put(
                "endpoints",
                """
                {'metadata': {'name': 'enc', 'namespace': 'video', 'labels': {'e': 'f'}},
                 'subsets': [{'ports': [{'name': 'metrics', 'port': 9100, 'protocol': 'TCP'}],
                   'addresses': [{'ip': '10.1.0.1', 'nodeName': 'n1', 'hostname': 'h',
                     'targetRef': {'kind': 'Pod', 'namespace': 'video', 'name': 'enc-1'}}],
                   'notReadyAddresses': [{'ip': '10.1.0.2'}]}]}
                """);
        Map<String, Map<String, String>> found = targets(4, "role: endpoints");
        Map<String, String> shared = new TreeMap<>();
        shared.put("namespace", "video");
        shared.put("endpoints_name", "enc");
        shared.put("endpoints_label_e", "f");
        shared.put("endpoints_labelpresent_e", "true");
        shared.put("service_name", "enc");
        shared.put("service_label_tier", "edge");
        shared.put("service_labelpresent_tier", "true");
        Map<String, String> ready = new TreeMap<>(podLabels());
        ready.putAll(shared);
        ready.put("endpoint_port_name", "metrics");
        ready.put("endpoint_port_protocol", "TCP");
        ready.put("endpoint_ready", "true");
        ready.put("endpoint_node_name", "n1");
        ready.put("endpoint_hostname", "h");
        ready.put("endpoint_address_target_kind", "Pod");
        ready.put("endpoint_address_target_name", "enc-1");
        container(ready, "main", "enc:1", "false", "metrics", "9100", "TCP");
        assertThat(found.get("10.1.0.1:9100")).isEqualTo(ready);
        Map<String, String> rest = new TreeMap<>(podLabels());
        rest.putAll(shared);
        container(rest, "side", "s:1", "true", "", "9300", "TCP");
        assertThat(found.get("10.1.0.1:9300")).isEqualTo(rest);
        assertThat(found.get("10.1.0.2:9100")).containsEntry("endpoint_ready", "false");
        assertThat(found).containsKey("10.1.0.1:9200");
    }

    @Test
    void endpointSlices() {
        api.put("services", SERVICE);
        api.put(
                "endpointslices",
                """
                {'metadata': {'name': 'enc-x', 'namespace': 'video',
                   'labels': {'kubernetes.io/service-name': 'enc'}},
                 'addressType': 'IPv6',
                 'ports': [{'name': 'm', 'port': 9100, 'protocol': 'TCP', 'appProtocol': 'http'}],
                 'endpoints': [{'addresses': ['2001:db8:0:0::1'], 'nodeName': 'n1', 'zone': 'z',
                   'hostname': 'h', 'targetRef': {'kind': 'Other', 'name': 'o'},
                   'conditions': {'ready': true, 'serving': true, 'terminating': false},
                   'deprecatedTopology': {'kubernetes.io/hostname': 'n1'}}]}
                """);
        Map<String, String> expected = new TreeMap<>();
        expected.put("namespace", "video");
        expected.put("endpointslice_name", "enc-x");
        expected.put("endpointslice_label_kubernetes_io_service_name", "enc");
        expected.put("endpointslice_labelpresent_kubernetes_io_service_name", "true");
        expected.put("endpointslice_address_type", "IPv6");
        expected.put("endpointslice_address_target_kind", "Other");
        expected.put("endpointslice_address_target_name", "o");
        expected.put("endpointslice_endpoint_conditions_ready", "true");
        expected.put("endpointslice_endpoint_conditions_serving", "true");
        expected.put("endpointslice_endpoint_conditions_terminating", "false");
        expected.put("endpointslice_endpoint_topology_kubernetes_io_hostname", "n1");
        expected.put("endpointslice_endpoint_topology_present_kubernetes_io_hostname", "true");
        expected.put("endpointslice_endpoint_hostname", "h");
        expected.put("endpointslice_endpoint_node_name", "n1");
        expected.put("endpointslice_endpoint_zone", "z");
        expected.put("endpointslice_port", "9100");
        expected.put("endpointslice_port_name", "m");
        expected.put("endpointslice_port_protocol", "TCP");
        expected.put("endpointslice_port_app_protocol", "http");
        expected.put("service_name", "enc");
        expected.put("service_label_tier", "edge");
        expected.put("service_labelpresent_tier", "true");
        assertThat(targets(1, "role: endpointslice"))
                .isEqualTo(Map.of("[2001:db8::1]:9100", expected));
    }

    @Test
    void ingresses() {
        api.put(
                "ingresses",
                """
                {'metadata': {'name': 'web', 'namespace': 'video'},
                 'spec': {'ingressClassName': 'nginx', 'tls': [{'hosts': ['*.example.com']}],
                   'rules': [{'host': 'a.example.com', 'http': {'paths': [{'path': '/live'}]}},
                     {'host': 'b.a.example.com'}]}}
                """);
        Map<String, Map<String, String>> found = targets(2, "role: ingress");
        assertThat(found.get("a.example.com"))
                .isEqualTo(
                        Map.of(
                                "namespace", "video",
                                "ingress_name", "web",
                                "ingress_class_name", "nginx",
                                "ingress_scheme", "https",
                                "ingress_host", "a.example.com",
                                "ingress_path", "/live"));
        assertThat(found.get("b.a.example.com"))
                .containsEntry("ingress_scheme", "http")
                .containsEntry("ingress_path", "/");
    }
}
