package io.framewatch.video.inventory;

/// A machine at a site through which cameras are reached: edge computer, recorder, switch.
///
/// @param id unique in the inventory
/// @param name what people call it
public record Device(String id, String name) {}
