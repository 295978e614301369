/// The engine as the store sees it: one seam, [io.framewatch.store.clickhouse.ClickHouse], that
/// takes SQL with bound parameters and gives back columns, and takes columns to insert. Data
/// travels in ClickHouse's Native format ([io.framewatch.store.clickhouse.NativeBlock],
/// [io.framewatch.store.clickhouse.NativeReader]). The tables stand in
/// [io.framewatch.store.clickhouse.Schema]; [io.framewatch.store.clickhouse.Migrations] brings a
/// database up to them. Only [io.framewatch.store.clickhouse.SampleTable] knows how samples lie.
///
/// SQL is written in this package only, and never contains a user's text.
@NullMarked
package io.framewatch.store.clickhouse;

import org.jspecify.annotations.NullMarked;
