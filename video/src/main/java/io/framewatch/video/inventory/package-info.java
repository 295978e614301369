/// What is expected to be there: sites, their devices and cameras, the streams of each camera, and
/// the pipelines that carry them.
///
/// Without this list "absent" cannot be told from "never existed". An
/// [io.framewatch.video.inventory.Inventory] comes from a YAML file
/// ([io.framewatch.video.inventory.InventoryFile], every problem reported at once with file, line
/// and column) or, with no configuration at all, from addresses
/// ([io.framewatch.video.inventory.UrlInventory]). Everything here is immutable and does no network
/// I/O.
@NullMarked
package io.framewatch.video.inventory;

import org.jspecify.annotations.NullMarked;
