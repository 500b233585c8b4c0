package dev.outgrow;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what a server is asked for: the sessions, and the requests for whose answer the client waits.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">PostgreSQL, "Message Formats"</a>
 */
final class CountingProxy extends ServerDetour {
    /** The request code of a session; those for encryption are others. */
    private static final int PROTOCOL_3 = 196_608;

    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    private CountingProxy(String jdbcUrl) throws IOException {
        super(jdbcUrl);
    }

    static CountingProxy before(String jdbcUrl) throws IOException {
        CountingProxy proxy = new CountingProxy(jdbcUrl);
        proxy.begin();
        return proxy;
    }

    int sessions() {
        return sessions.get();
    }

    int requests() {
        return requests.get();
    }

    @Override
    List<Way> ways(int number) {
        return List.of(this::count, CountingProxy::answer);
    }

    private void count(Socket client, Socket server) throws IOException {
        try (server) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
            boolean begun = false;
            while (true) {
                int type = begun ? in.readUnsignedByte() : 0;
                byte[] body = new byte[in.readInt() - Integer.BYTES];
                in.readFully(body);
                if (begun) {
                    out.writeByte(type);
                    if (type == 'S' || type == 'Q') {
                        requests.incrementAndGet();
                    }
                } else if (ByteBuffer.wrap(body).getInt() == PROTOCOL_3) {
                    begun = true;
                    sessions.incrementAndGet();
                }
                out.writeInt(body.length + Integer.BYTES);
                out.write(body);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        }
    }

    private static void answer(Socket server, Socket client) throws IOException {
        try (client) {
            server.getInputStream().transferTo(client.getOutputStream());
        }
    }
}
