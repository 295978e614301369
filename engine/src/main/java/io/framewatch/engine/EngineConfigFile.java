package io.framewatch.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The engine's configuration file: limits, few background threads, and the storage policy `tiered`
/// with the volumes `hot` and `cold`, on which all tables are created.
final class EngineConfigFile {

    /// About how many parts of one size are merged into the next larger one. Of the engine's time
    /// per row, merges are the most; twice its usual five nearly halves how often a row is merged
    /// (`docs/decisions/0110-cost-of-a-sample.md`).
    private static final int MERGED_AT_ONCE = 10;

    private EngineConfigFile() {}

    /// Writes it into the data folder's parent-private place and returns its path.
    static Path write(EngineOptions options) throws IOException {
        Path file = options.data().resolve("framewatch-engine.xml");
        Files.writeString(file, text(options));
        return file;
    }

    /// Half of the cache bytes go to marks, which every read needs first.
    static String text(EngineOptions options) {
        long cache = options.cacheBytesMax();
        return """
        <clickhouse>
            <max_server_memory_usage>%d</max_server_memory_usage>
            <mark_cache_size>%d</mark_cache_size>
            <index_mark_cache_size>%d</index_mark_cache_size>
            <primary_index_cache_size>%d</primary_index_cache_size>
            <query_condition_cache_size>%d</query_condition_cache_size>
            <uncompressed_cache_size>0</uncompressed_cache_size>
            <mmap_cache_size>0</mmap_cache_size>
            <background_pool_size>2</background_pool_size>
            <background_move_pool_size>1</background_move_pool_size>
            <background_fetches_pool_size>1</background_fetches_pool_size>
            <background_common_pool_size>2</background_common_pool_size>
            <background_schedule_pool_size>4</background_schedule_pool_size>
            <merge_tree>
                <merge_selector_base>%d</merge_selector_base>
            </merge_tree>
            <logger><console>1</console></logger>
            <log-level>warning</log-level>
            <custom_local_disks_base_directory>%s/</custom_local_disks_base_directory>
            <storage_configuration>
                <disks><cold><type>local</type><path>%s/</path></cold></disks>
                <policies>
                    <tiered>
                        <volumes>
                            <hot><disk>default</disk></hot>
                            <cold><disk>cold</disk></cold>
                        </volumes>
                        <move_factor>0</move_factor>
                    </tiered>
                </policies>
            </storage_configuration>
        </clickhouse>
        """
                .formatted(
                        options.memoryBytesMax(),
                        cache / 2,
                        cache / 8,
                        cache / 4,
                        cache / 8,
                        MERGED_AT_ONCE,
                        xml(options.cold()),
                        xml(options.cold()));
    }

    private static String xml(Path path) {
        return path.toString().replace("&", "&amp;").replace("<", "&lt;");
    }
}
