package dev.outgrow;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what a server is asked for: the sessions, and the requests for whose answer the client waits.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">PostgreSQL, "Message Formats"</a>
 */
final class CountingProxy implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("jdbc:postgresql://([^:/]+):(\\d+)/(.*)");

    /** The request code of a session; those for encryption are others. */
    private static final int PROTOCOL_3 = 196_608;

    private final String host;
    private final int port;
    private final String rest;
    private final ServerSocket entrance;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    private CountingProxy(Matcher address) throws IOException {
        this.host = address.group(1);
        this.port = Integer.parseInt(address.group(2));
        this.rest = address.group(3);
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    static CountingProxy before(String jdbcUrl) throws IOException {
        Matcher address = ADDRESS.matcher(jdbcUrl);
        if (!address.matches()) {
            throw new IllegalArgumentException("no host and port in the URL");
        }
        CountingProxy proxy = new CountingProxy(address);
        start(proxy::accept);
        return proxy;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + entrance.getLocalPort() + "/" + rest;
    }

    int sessions() {
        return sessions.get();
    }

    int requests() {
        return requests.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                Socket server = new Socket(host, port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                start(() -> count(client, server));
                start(() -> answer(server, client));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private void count(Socket client, Socket server) {
        try {
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
                } else if (code(body) == PROTOCOL_3) {
                    begun = true;
                    sessions.incrementAndGet();
                }
                out.writeInt(body.length + Integer.BYTES);
                out.write(body);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException closed) {
            hangUp(server);
        }
    }

    private static int code(byte[] body) {
        return ByteBuffer.wrap(body).getInt();
    }

    private static void answer(Socket server, Socket client) {
        try {
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException closed) {
            hangUp(client);
        }
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is gone already.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "counting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        sockets.forEach(CountingProxy::hangUp);
    }
}
