package dev.outgrow.internal.postgres;

import java.sql.SQLException;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOperation;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;
import org.postgresql.util.ByteStreamWriter;

/** The driver's COPY, whose calls are visible to a {@link Pulse}. */
final class PulsingCopies extends CopyManager {
    private final Pulse pulse;

    PulsingCopies(BaseConnection connection, Pulse pulse) throws SQLException {
        super(connection);
        this.pulse = pulse;
    }

    @Override
    public CopyIn copyIn(String sql) throws SQLException {
        return new In(pulse.during(() -> super.copyIn(sql)), pulse);
    }

    @Override
    public CopyOut copyOut(String sql) throws SQLException {
        return new Out(pulse.during(() -> super.copyOut(sql)), pulse);
    }

    /** What both directions have in common. */
    private abstract static class Either<C extends CopyOperation> implements CopyOperation {
        final C copy;
        final Pulse pulse;

        Either(C copy, Pulse pulse) {
            this.copy = copy;
            this.pulse = pulse;
        }

        @Override
        public int getFieldCount() {
            return copy.getFieldCount();
        }

        @Override
        public int getFormat() {
            return copy.getFormat();
        }

        @Override
        public int getFieldFormat(int field) {
            return copy.getFieldFormat(field);
        }

        @Override
        public boolean isActive() {
            return copy.isActive();
        }

        @Override
        public void cancelCopy() throws SQLException {
            pulse.during(() -> {
                copy.cancelCopy();
                return this;
            });
        }

        @Override
        public long getHandledRowCount() {
            return copy.getHandledRowCount();
        }
    }

    private static final class In extends Either<CopyIn> implements CopyIn {
        In(CopyIn copy, Pulse pulse) {
            super(copy, pulse);
        }

        @Override
        public void writeToCopy(byte[] bytes, int from, int length) throws SQLException {
            pulse.during(() -> {
                copy.writeToCopy(bytes, from, length);
                return this;
            });
        }

        @Override
        public void writeToCopy(ByteStreamWriter writer) throws SQLException {
            pulse.during(() -> {
                copy.writeToCopy(writer);
                return this;
            });
        }

        @Override
        public void flushCopy() throws SQLException {
            pulse.during(() -> {
                copy.flushCopy();
                return this;
            });
        }

        @Override
        public long endCopy() throws SQLException {
            return pulse.during(copy::endCopy);
        }
    }

    private static final class Out extends Either<CopyOut> implements CopyOut {
        Out(CopyOut copy, Pulse pulse) {
            super(copy, pulse);
        }

        @Override
        public byte[] readFromCopy() throws SQLException {
            return pulse.during(copy::readFromCopy);
        }

        @Override
        public byte[] readFromCopy(boolean block) throws SQLException {
            return pulse.during(() -> copy.readFromCopy(block));
        }
    }
}
