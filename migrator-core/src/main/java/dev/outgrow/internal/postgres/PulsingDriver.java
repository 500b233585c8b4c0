package dev.outgrow.internal.postgres;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.fastpath.Fastpath;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.largeobject.LargeObjectManager;
import org.postgresql.replication.PGReplicationConnection;
import org.postgresql.util.PGobject;

/** What the driver has beside JDBC, whose COPY is seen by a {@link Pulse}. */
final class PulsingDriver implements PGConnection {
    private final PGConnection called;
    private final Pulse pulse;

    PulsingDriver(PGConnection called, Pulse pulse) {
        this.called = called;
        this.pulse = pulse;
    }

    @Override
    public CopyManager getCopyAPI() throws SQLException {
        return called instanceof BaseConnection connection ? new PulsingCopies(connection, pulse) : called.getCopyAPI();
    }

    @Override
    public void addDataType(String name, Class<? extends PGobject> type) throws SQLException {
        called.addDataType(name, type);
    }

    @Deprecated
    @Override
    @SuppressWarnings({"deprecation", "InlineMeSuggester"})
    public void addDataType(String name, String text) {
        called.addDataType(name, text);
    }

    @Override
    public void alterUserPassword(String name, char[] values, String text) throws SQLException {
        called.alterUserPassword(name, values, text);
    }

    @Override
    public void cancelQuery() throws SQLException {
        called.cancelQuery();
    }

    @Override
    public Array createArrayOf(String name, Object object) throws SQLException {
        return called.createArrayOf(name, object);
    }

    @Override
    public String escapeIdentifier(String name) throws SQLException {
        return called.escapeIdentifier(name);
    }

    @Override
    public String escapeLiteral(String name) throws SQLException {
        return called.escapeLiteral(name);
    }

    @Override
    public boolean getAdaptiveFetch() {
        return called.getAdaptiveFetch();
    }

    @Override
    public AutoSave getAutosave() {
        return called.getAutosave();
    }

    @Override
    public int getBackendPID() {
        return called.getBackendPID();
    }

    @Override
    public int getDefaultFetchSize() {
        return called.getDefaultFetchSize();
    }

    @Override
    public Fastpath getFastpathAPI() throws SQLException {
        return called.getFastpathAPI();
    }

    @Override
    public LargeObjectManager getLargeObjectAPI() throws SQLException {
        return called.getLargeObjectAPI();
    }

    @Override
    public PGNotification[] getNotifications() throws SQLException {
        return called.getNotifications();
    }

    @Override
    public PGNotification[] getNotifications(int number) throws SQLException {
        return called.getNotifications(number);
    }

    @Override
    public String getParameterStatus(String name) {
        return called.getParameterStatus(name);
    }

    @Override
    public Map<String, String> getParameterStatuses() {
        return called.getParameterStatuses();
    }

    @Override
    public PreferQueryMode getPreferQueryMode() {
        return called.getPreferQueryMode();
    }

    @Override
    public int getPrepareThreshold() {
        return called.getPrepareThreshold();
    }

    @Override
    public int getQueryTimeout() {
        return called.getQueryTimeout();
    }

    @Override
    public PGReplicationConnection getReplicationAPI() {
        return called.getReplicationAPI();
    }

    @Override
    public void setAdaptiveFetch(boolean on) {
        called.setAdaptiveFetch(on);
    }

    @Override
    public void setAutosave(AutoSave autoSave) {
        called.setAutosave(autoSave);
    }

    @Override
    public void setDefaultFetchSize(int number) throws SQLException {
        called.setDefaultFetchSize(number);
    }

    @Override
    public void setPrepareThreshold(int number) {
        called.setPrepareThreshold(number);
    }

    @Override
    public void setQueryTimeout(int number) throws SQLException {
        called.setQueryTimeout(number);
    }
}
