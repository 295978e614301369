package io.framewatch.store.clickhouse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Rows on their way into the engine, as one block of the Native format: number of columns, number
/// of rows, then name, type and values of each column (ClickHouse documentation, "Native").
///
/// @param rows how many; every column has that many values
/// @param columns in any order
public record NativeBlock(int rows, List<NativeColumn> columns) {

    /// The block as bytes.
    List<ByteBuffer> encode() {
        List<ByteBuffer> out = new ArrayList<>();
        ByteBuffer head = ByteBuffer.allocate(20);
        NativeColumn.varint(head, columns.size());
        NativeColumn.varint(head, rows);
        out.add(head.flip());
        for (NativeColumn column : columns) {
            byte[] name = column.name().getBytes(StandardCharsets.UTF_8);
            byte[] type = column.type().getBytes(StandardCharsets.UTF_8);
            ByteBuffer own = ByteBuffer.allocate(name.length + type.length + 20);
            NativeColumn.varint(own, name.length);
            own.put(name);
            NativeColumn.varint(own, type.length);
            own.put(type);
            out.add(own.flip());
            column.writeTo(out);
        }
        return out;
    }
}
