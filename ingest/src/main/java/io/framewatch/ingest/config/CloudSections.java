package io.framewatch.ingest.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Checks the shape of discovery sections that ask some other system for targets: keys, required
/// values, known words.
final class CloudSections {

    private static final String COMMON = "refresh_interval port";

    /// Keys besides those of HTTP, by kind.
    private static final Map<String, String> KEYS =
            Map.ofEntries(
                    Map.entry(
                            "azure_sd_configs",
                            "environment authentication_method subscription_id tenant_id client_id"
                                    + " client_secret resource_group"),
                    Map.entry(
                            "consul_sd_configs",
                            "server path_prefix token datacenter namespace partition scheme username"
                                    + " password services tags tag_separator node_meta filter"
                                    + " health_filter allow_stale"),
                    Map.entry("digitalocean_sd_configs", ""),
                    Map.entry("dns_sd_configs", "names type"),
                    Map.entry(
                            "docker_sd_configs",
                            "host filters host_networking_host match_first_network"),
                    Map.entry("dockerswarm_sd_configs", "host role filters"),
                    Map.entry(
                            "ec2_sd_configs",
                            "region endpoint access_key secret_key profile role_arn external_id"
                                    + " filters"),
                    Map.entry(
                            "ecs_sd_configs",
                            "region endpoint access_key secret_key profile role_arn external_id"
                                    + " clusters request_concurrency"),
                    Map.entry("eureka_sd_configs", "server"),
                    Map.entry("gce_sd_configs", "project zone filter tag_separator"),
                    Map.entry("hetzner_sd_configs", "role label_selector"),
                    Map.entry("http_sd_configs", "url"),
                    Map.entry("ionos_sd_configs", "datacenter_id"),
                    Map.entry(
                            "kubernetes_sd_configs",
                            "api_server role kubeconfig_file namespaces selectors"
                                    + " attach_metadata"),
                    Map.entry("kuma_sd_configs", "server client_id fetch_timeout"),
                    Map.entry(
                            "lightsail_sd_configs",
                            "region endpoint access_key secret_key profile role_arn external_id"),
                    Map.entry("linode_sd_configs", "region tag_separator"),
                    Map.entry("marathon_sd_configs", "servers auth_token auth_token_file"),
                    Map.entry(
                            "aws_sd_configs",
                            "role region endpoint access_key secret_key profile role_arn"
                                    + " external_id filters clusters request_concurrency"),
                    Map.entry("nerve_sd_configs", "servers paths timeout"),
                    Map.entry(
                            "nomad_sd_configs",
                            "server namespace region allow_stale tag_separator"),
                    Map.entry(
                            "oci_sd_configs",
                            "auth auth_method region tenancy user fingerprint key_file key_passphrase"
                                    + " compartments"),
                    Map.entry(
                            "openstack_sd_configs",
                            "role region identity_endpoint username userid password domain_name"
                                    + " domain_id project_name project_id application_credential_name"
                                    + " application_credential_id application_credential_secret"
                                    + " all_tenants availability"),
                    Map.entry(
                            "outscale_sd_configs",
                            "region endpoint access_key secret_key secret_key_file filters"),
                    Map.entry(
                            "ovhcloud_sd_configs",
                            "service endpoint application_key application_secret consumer_key"),
                    Map.entry("puppetdb_sd_configs", "url query include_parameters"),
                    Map.entry(
                            "scaleway_sd_configs",
                            "role access_key secret_key secret_key_file project_id api_url zone"
                                    + " name_filter tags_filter"),
                    Map.entry("serverset_sd_configs", "servers paths timeout"),
                    Map.entry(
                            "stackit_sd_configs",
                            "project region endpoint service_account_key service_account_key_path"
                                    + " private_key private_key_path credentials_file_path"),
                    Map.entry(
                            "triton_sd_configs", "account role dns_suffix endpoint groups version"),
                    Map.entry("uyuni_sd_configs", "server username password entitlement separator"),
                    Map.entry("vultr_sd_configs", ""));

    /// Values that must be given, by kind.
    private static final Map<String, String> REQUIRED =
            Map.ofEntries(
                    Map.entry("dns_sd_configs", "names"),
                    Map.entry("eureka_sd_configs", "server"),
                    Map.entry("hetzner_sd_configs", "role"),
                    Map.entry("http_sd_configs", "url"),
                    Map.entry("ionos_sd_configs", "datacenter_id"),
                    Map.entry("kubernetes_sd_configs", "role"),
                    Map.entry("kuma_sd_configs", "server"),
                    Map.entry("marathon_sd_configs", "servers"),
                    Map.entry("nomad_sd_configs", "server"),
                    Map.entry("openstack_sd_configs", "role region"),
                    Map.entry("outscale_sd_configs", "region access_key"),
                    Map.entry(
                            "ovhcloud_sd_configs",
                            "service endpoint application_key application_secret consumer_key"),
                    Map.entry("puppetdb_sd_configs", "url query"),
                    Map.entry("scaleway_sd_configs", "role project_id access_key"),
                    Map.entry("uyuni_sd_configs", "server username password"),
                    Map.entry("gce_sd_configs", "project zone"),
                    Map.entry("triton_sd_configs", "account dns_suffix endpoint"),
                    Map.entry("docker_sd_configs", "host"),
                    Map.entry("dockerswarm_sd_configs", "host role"));

    /// Words of a key, by kind and key.
    private static final Map<String, List<String>> WORDS =
            Map.ofEntries(
                    Map.entry("dockerswarm_sd_configs role", List.of("services", "tasks", "nodes")),
                    Map.entry("hetzner_sd_configs role", List.of("hcloud", "robot")),
                    Map.entry(
                            "openstack_sd_configs role",
                            List.of("instance", "hypervisor", "loadbalancer")),
                    Map.entry(
                            "openstack_sd_configs availability",
                            List.of("admin", "internal", "public")),
                    Map.entry("ovhcloud_sd_configs service", List.of("vps", "dedicated_server")),
                    Map.entry("scaleway_sd_configs role", List.of("instance", "baremetal")),
                    Map.entry("triton_sd_configs role", List.of("container", "cn")),
                    Map.entry(
                            "azure_sd_configs authentication_method",
                            List.of("OAuth", "ManagedIdentity", "SDK", "WorkloadIdentity")),
                    Map.entry("oci_sd_configs auth", List.of("api_key", "instance_principal")),
                    Map.entry(
                            "oci_sd_configs auth_method", List.of("api_key", "instance_principal")),
                    Map.entry(
                            "kubernetes_sd_configs role",
                            List.of(
                                    "node",
                                    "pod",
                                    "service",
                                    "endpoints",
                                    "endpointslice",
                                    "ingress")));

    /// The keys that hold such sections.
    static final List<String> KINDS = KEYS.keySet().stream().sorted().toList();

    private CloudSections() {}

    /// Checks the section and reads it as far as this version carries it out.
    static Discovery read(String kind, Section section) {
        HttpClientConfig http = HttpSection.read(section);
        section.allow(KEYS.getOrDefault(kind, "").split(" "));
        section.allow(COMMON.split(" "));
        section.durationMs("refresh_interval", 0);
        section.number("port", 0, 0, 65_535);
        for (String key : REQUIRED.getOrDefault(kind, "").split(" ")) {
            if (!key.isEmpty() && (!section.has(key) || isEmptyText(section, key))) {
                section.problem(key, kind + " needs " + key);
            }
        }
        WORDS.forEach((place, words) -> {
            String[] parts = place.split(" ");
            if (parts[0].equals(kind)) {
                section.word(parts[1], "", words);
            }
        });
        special(kind, section, http);
        Discovery discovery = carriedOut(kind, section, http);
        section.end();
        return discovery;
    }

    private static Discovery carriedOut(String kind, Section section, HttpClientConfig http) {
        Discovery unsupported = new Discovery.Unsupported(kind, section.line());
        return switch (kind) {
            case "http_sd_configs" ->
                    new Discovery.Http(section.text("url", ""), http, refresh(section, 60_000));
            case "dns_sd_configs" -> dns(section);
            case "kubernetes_sd_configs" ->
                    Objects.requireNonNullElse(KubernetesSection.read(section, http), unsupported);
            default -> unsupported;
        };
    }

    private static Discovery dns(Section section) {
        String word = section.text("type", "SRV").toUpperCase(Locale.ROOT);
        Discovery.RecordType type = Discovery.RecordType.SRV;
        try {
            type = Discovery.RecordType.valueOf(word);
        } catch (IllegalArgumentException e) {
            section.problem(
                    "type", "unknown DNS record type `" + word + "`; known: A, AAAA, SRV, MX, NS");
        }
        int port = (int) section.number("port", 0, 0, 65_535);
        if (port == 0 && type != Discovery.RecordType.SRV) {
            section.problem("port", "dns_sd_configs needs port for every type but SRV");
        }
        return new Discovery.Dns(section.texts("names"), type, port, refresh(section, 30_000));
    }

    private static long refresh(Section section, long otherwiseMs) {
        long ms = section.durationMs("refresh_interval", otherwiseMs);
        return ms == 0 ? otherwiseMs : ms;
    }

    private static boolean isEmptyText(Section section, String key) {
        boolean list = key.equals("names") || key.equals("servers");
        return list ? section.texts(key).isEmpty() : section.text(key, "").isEmpty();
    }

    private static void special(String kind, Section section, HttpClientConfig http) {
        switch (kind) {
            case "azure_sd_configs" -> azure(section);
            case "marathon_sd_configs" -> marathon(section, http);
            case "puppetdb_sd_configs", "http_sd_configs" -> {
                if (section.has("url")) {
                    HttpSection.url(section, "url", "the url is missing");
                }
            }
            case "eureka_sd_configs", "kuma_sd_configs", "uyuni_sd_configs" -> {
                if (section.has("server")) {
                    HttpSection.url(section, "server", "the server is missing");
                }
            }
            case "stackit_sd_configs" -> {
                if (section.has("endpoint")) {
                    HttpSection.url(section, "endpoint", "the endpoint is missing");
                }
            }
            case "scaleway_sd_configs", "outscale_sd_configs" -> oneSecret(section);
            case "ec2_sd_configs", "aws_sd_configs" -> filters(section);
            default -> {}
        }
    }

    private static void azure(Section section) {
        boolean oauth = section.text("authentication_method", "OAuth").equals("OAuth");
        String needed =
                oauth ? "subscription_id tenant_id client_id client_secret" : "subscription_id";
        for (String key : needed.split(" ")) {
            section.textRequired(key, "azure_sd_configs needs " + key);
        }
    }

    private static void marathon(Section section, HttpClientConfig http) {
        boolean token = section.has("auth_token");
        boolean tokenFile = section.has("auth_token_file");
        if (token && tokenFile || (token || tokenFile) && !http.auth().equals(HttpAuth.NONE)) {
            section.problem(
                    "at most one of auth_token, auth_token_file, basic_auth and authorization may be set");
        }
    }

    private static void oneSecret(Section section) {
        if (section.has("secret_key") == section.has("secret_key_file")) {
            section.problem("exactly one of secret_key and secret_key_file must be set");
        }
    }

    private static void filters(Section section) {
        for (Section filter : section.sections("filters", "empty or null filter")) {
            filter.allow("name");
            if (filter.texts("values").isEmpty()) {
                filter.problem("values", "a filter needs values");
            }
            filter.end();
        }
    }
}
