package dev.outgrow.validate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.copy.CopyOut;

/** PostgreSQL's protocol does not promise that a message of COPY is a row. */
class TargetRowsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 19, 23, 64, 1000})
    void readsRowsHoweverTheyAreCutIntoMessages(int size) throws Exception {
        byte[] stream = stream("first", null, "", "fourth and longer");

        TargetRows rows = new TargetRows(new Messages(stream, size), () -> {}, 2);

        assertThat(texts(rows)).containsExactly("first/0", "null/1", "/2", "fourth and longer/3");
        assertThat(rows.takeReceived()).isEqualTo(stream.length);
        assertThat(rows.takeReceived()).isZero();
        assertThat(rows.next()).isFalse();
    }

    @Test
    void refusesAStreamThatEndsWithinARow() throws Exception {
        byte[] stream = stream("first", "second");
        TargetRows rows = new TargetRows(new Messages(Arrays.copyOf(stream, stream.length - 8), 16), () -> {}, 2);

        assertThatThrownBy(() -> texts(rows)).isInstanceOf(SQLException.class).hasMessageContaining("within a row");
    }

    @Test
    void refusesAnotherNumberOfFields() throws Exception {
        TargetRows rows = new TargetRows(new Messages(stream("first"), 100), () -> {}, 3);

        assertThatThrownBy(rows::next).isInstanceOf(SQLException.class).hasMessageContaining("2 fields");
    }

    private static List<String> texts(TargetRows rows) throws SQLException {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            String text = rows.length(0) < 0
                    ? "null"
                    : new String(rows.bytes(), rows.offset(0), rows.length(0), StandardCharsets.UTF_8);
            texts.add(text + "/" + rows.integer(1));
        }
        return texts;
    }

    /** Rows of a text and their number, as the section "Binary Format" of COPY says. */
    private static byte[] stream(@Nullable String... texts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write("PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
        out.writeInt(0);
        out.writeInt(3);
        out.write(new byte[] {9, 9, 9});
        for (int i = 0; i < texts.length; i++) {
            String text = texts[i];
            out.writeShort(2);
            if (text == null) {
                out.writeInt(-1);
            } else {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
            out.writeInt(8);
            out.writeLong(i);
        }
        out.writeShort(-1);
        return bytes.toByteArray();
    }

    /** A COPY whose messages are all of one size. */
    private static final class Messages implements CopyOut {
        private final byte[] stream;
        private final int size;
        private int position;

        Messages(byte[] stream, int size) {
            this.stream = stream;
            this.size = size;
        }

        @Override
        public byte @Nullable [] readFromCopy() {
            if (position >= stream.length) {
                return null;
            }
            int from = position;
            position = Math.min(stream.length, position + size);
            return Arrays.copyOfRange(stream, from, position);
        }

        @Override
        public byte @Nullable [] readFromCopy(boolean block) {
            return readFromCopy();
        }

        @Override
        public int getFieldCount() {
            return 2;
        }

        @Override
        public int getFormat() {
            return 1;
        }

        @Override
        public int getFieldFormat(int field) {
            return 1;
        }

        @Override
        public boolean isActive() {
            return position < stream.length;
        }

        @Override
        public void cancelCopy() {
            position = stream.length;
        }

        @Override
        public long getHandledRowCount() {
            return -1;
        }
    }
}
