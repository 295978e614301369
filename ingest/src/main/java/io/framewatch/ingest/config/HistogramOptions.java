package io.framewatch.ingest.config;

/// What is taken of histograms.
///
/// @param nativeParts whether native histograms are taken where an exposition has them
/// @param classicBeside whether classic buckets are kept beside a native or converted histogram
/// @param classicToCustom whether classic histograms become native ones with custom buckets
public record HistogramOptions(
        boolean nativeParts, boolean classicBeside, boolean classicToCustom) {}
