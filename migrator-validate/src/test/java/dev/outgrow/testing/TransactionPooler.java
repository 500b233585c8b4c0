package dev.outgrow.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pooler in transaction mode, as small as can be: whoever connects gets a server session for one transaction, and for the
 * next one whichever is free. It knows neither passwords nor TLS nor cancelling.
 */
public final class TransactionPooler implements AutoCloseable {
    /** Which of the free sessions the next transaction gets. */
    public enum Choice {
        /** The one that was used last, as PgBouncer does by default. */
        LAST_USED,
        /** Each in turn. */
        IN_TURN,
        /** Any. */
        AT_RANDOM
    }

    private static final Pattern HOST_AND_PORT = Pattern.compile("//([^:/]+):(\\d+)/");
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CANCEL_REQUEST = 80877102;

    private final String host;
    private final int port;
    private final Choice choice;
    private final ServerSocket entrance;
    private final List<Session> free = new ArrayList<>();
    private final Random random = new Random(17);
    private int made;

    private TransactionPooler(String host, int port, Choice choice, ServerSocket entrance) {
        this.host = host;
        this.port = port;
        this.choice = choice;
        this.entrance = entrance;
    }

    /** A session of the server, and what it said when it was opened. */
    private static final class Session {
        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;
        private final List<byte[]> greeting = new ArrayList<>();

        private Session(Socket socket, byte[] startup) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            this.out = new DataOutputStream(socket.getOutputStream());
            out.write(startup);
            out.flush();
            byte[] message = message(in);
            greeting.add(message);
            while (message[0] != 'Z') {
                message = message(in);
                greeting.add(message);
            }
        }
    }

    /**
     * Opens a pooler.
     *
     * @param jdbcUrl of a server that asks for no password
     * @param sessions how many sessions of the server it has
     */
    public static TransactionPooler to(String jdbcUrl, int sessions, Choice choice) {
        Matcher address = HOST_AND_PORT.matcher(jdbcUrl);
        if (!address.find()) {
            throw new IllegalArgumentException("no host and port");
        }
        try {
            ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            TransactionPooler pooler =
                    new TransactionPooler(address.group(1), Integer.parseInt(address.group(2)), choice, entrance);
            background(() -> pooler.accept(sessions));
            return pooler;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same URL through the pooler. */
    public String url(String jdbcUrl) {
        return HOST_AND_PORT
                .matcher(jdbcUrl)
                .replaceFirst("//" + entrance.getInetAddress().getHostAddress() + ":" + entrance.getLocalPort() + "/");
    }

    private void accept(int sessions) {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                client.setTcpNoDelay(true);
                background(() -> serve(client, sessions));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client, int sessions) {
        try (client) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            byte[] startup = startup(in, out);
            if (startup.length == 0) {
                return;
            }
            Session first = take(startup, sessions);
            for (byte[] message : first.greeting) {
                out.write(message);
            }
            out.flush();
            giveBack(first);
            while (true) {
                byte[] message = message(in);
                if (message[0] == 'X') {
                    return;
                }
                transaction(message, in, out, take(startup, sessions));
            }
        } catch (IOException | InterruptedException gone) {
            // The client or the server has closed its side.
        }
    }

    /** Passes messages on until the server is between two transactions. */
    private void transaction(byte[] first, DataInputStream in, DataOutputStream out, Session session)
            throws IOException, InterruptedException {
        byte[] request = first;
        while (true) {
            session.out.write(request);
            session.out.flush();
            if (request[0] == 'Q' || request[0] == 'S') {
                byte[] answer = message(session.in);
                while (answer[0] != 'Z') {
                    out.write(answer);
                    answer = message(session.in);
                }
                boolean idle = answer[5] == 'I';
                if (idle) {
                    giveBack(session);
                }
                out.write(answer);
                out.flush();
                if (idle) {
                    return;
                }
            }
            request = message(in);
        }
    }

    private synchronized Session take(byte[] startup, int sessions) throws IOException, InterruptedException {
        while (free.size() < sessions && made < sessions) {
            free.add(new Session(new Socket(host, port), startup));
            made++;
        }
        while (free.isEmpty()) {
            wait();
        }
        return switch (choice) {
            case LAST_USED -> free.remove(free.size() - 1);
            case IN_TURN -> free.remove(0);
            case AT_RANDOM -> free.remove(random.nextInt(free.size()));
        };
    }

    private synchronized void giveBack(Session session) {
        free.add(session);
        notifyAll();
    }

    /** The message by which a client begins, requests for encryption answered with no; empty where it only wants to cancel. */
    private static byte[] startup(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            int length = in.readInt();
            byte[] rest = in.readNBytes(length - 4);
            int code = ByteBuffer.wrap(rest).getInt();
            if (code == SSL_REQUEST || code == GSS_REQUEST) {
                out.write('N');
                out.flush();
            } else if (code == CANCEL_REQUEST) {
                return new byte[0];
            } else {
                return ByteBuffer.allocate(length).putInt(length).put(rest).array();
            }
        }
    }

    private static byte[] message(DataInputStream in) throws IOException {
        byte type = in.readByte();
        int length = in.readInt();
        byte[] message = new byte[1 + length];
        ByteBuffer.wrap(message).put(type).putInt(length);
        in.readFully(message, 5, length - 4);
        return message;
    }

    private static void background(Runnable work) {
        Thread thread = new Thread(work, "pooler");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void close() {
        try {
            entrance.close();
            for (Session session : free) {
                session.socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
