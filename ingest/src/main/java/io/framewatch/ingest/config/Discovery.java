package io.framewatch.ingest.config;

import io.framewatch.model.Labels;
import java.util.List;

/// Where targets come from.
public sealed interface Discovery
        permits Discovery.Static,
                Discovery.Files,
                Discovery.Http,
                Discovery.Dns,
                KubernetesDiscovery,
                Discovery.Unsupported {

    /// Targets written in the configuration.
    ///
    /// @param targets `host:port` each
    /// @param labels labels of all of them
    record Static(List<String> targets, Labels labels) implements Discovery {
        /// Copies the list.
        public Static {
            targets = List.copyOf(targets);
        }
    }

    /// Targets in files that are watched for changes.
    ///
    /// @param patterns paths, each absolute or relative to the configuration's folder; the last
    ///   part may hold `*`
    /// @param refreshIntervalMs how often everything is read again even without a change,
    ///   milliseconds
    record Files(List<String> patterns, long refreshIntervalMs) implements Discovery {
        /// Copies the list.
        public Files {
            patterns = List.copyOf(patterns);
        }
    }

    /// Targets that an address answers as JSON.
    ///
    /// @param url address asked
    /// @param http how to ask it
    /// @param refreshIntervalMs time between requests, milliseconds
    record Http(String url, HttpClientConfig http, long refreshIntervalMs) implements Discovery {}

    /// Targets that the records of names give.
    ///
    /// @param names names asked for
    /// @param type kind of record
    /// @param port port of the targets where the record has none
    /// @param refreshIntervalMs time between questions, milliseconds
    record Dns(List<String> names, RecordType type, int port, long refreshIntervalMs)
            implements Discovery {
        /// Copies the list.
        public Dns {
            names = List.copyOf(names);
        }
    }

    /// Kinds of DNS records that give targets.
    enum RecordType {
        A,
        AAAA,
        SRV,
        MX,
        NS
    }

    /// A kind of discovery that is understood in configuration and not carried out by this version.
    ///
    /// @param kind key such as `dns_sd_configs`
    /// @param line line of the configuration it stands on
    record Unsupported(String kind, int line) implements Discovery {}
}
