package dev.outgrow.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to a server that can be cut: passes bytes on between whoever connects here and the server. Safe for use by several
 * threads.
 */
public final class TcpProxy implements AutoCloseable {
    private static final Pattern HOST_AND_PORT = Pattern.compile("//([^:/]+):(\\d+)/");
    private static final int CHUNK_BYTES = 1 << 16;

    private final String host;
    private final int port;
    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, String> replacements = new ConcurrentHashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong cutAt = new AtomicLong(Long.MAX_VALUE);
    private volatile Halt halt = new Halt(Pattern.compile("(?!)"), 0);

    private TcpProxy(String host, int port, ServerSocket entrance) {
        this.host = host;
        this.port = port;
        this.entrance = entrance;
    }

    /**
     * Opens a way to the server of a JDBC URL.
     *
     * @param jdbcUrl with a host and a port
     */
    public static TcpProxy to(String jdbcUrl) {
        Matcher address = HOST_AND_PORT.matcher(jdbcUrl);
        if (!address.find()) {
            throw new IllegalArgumentException("no host and port");
        }
        try {
            ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            TcpProxy proxy = new TcpProxy(address.group(1), Integer.parseInt(address.group(2)), entrance);
            background("proxy", proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same URL by this way. */
    public String url(String jdbcUrl) {
        return HOST_AND_PORT
                .matcher(jdbcUrl)
                .replaceFirst("//" + entrance.getInetAddress().getHostAddress() + ":" + entrance.getLocalPort() + "/");
    }

    /** Cuts every connection that is open now. Others can be made. */
    public void cut() {
        for (Socket socket : open) {
            close(socket);
        }
    }

    /** Cuts every connection as soon as this many bytes more have gone to the server; others can be made then. */
    public void cutAfter(long bytes) {
        cutAt.set(sent.get() + bytes);
    }

    /** How many bytes have gone to the server. */
    public long sent() {
        return sent.get();
    }

    /**
     * From here on gives the client another text wherever the server's one arrives in one piece.
     *
     * @param text ASCII
     * @param other as long as the former, so that no message changes its length
     */
    public void replace(String text, String other) {
        if (text.length() != other.length()) {
            throw new IllegalArgumentException("not of the same length");
        }
        replacements.put(text, other);
    }

    /**
     * Stands still as soon as a statement has gone to the server, and a number of bytes more have gone by in whichever direction:
     * from there on nothing passes until it is let go on. So a test can look at, and end, what is at work on that very statement.
     *
     * @param statement what is looked for in what the client sends
     * @param bytes how many bytes go by behind it; 0 keeps back the answer to it
     */
    public Halt haltAt(Pattern statement, long bytes) {
        Halt next = new Halt(statement, bytes);
        halt = next;
        return next;
    }

    /** The instant at which nothing passes any more. */
    public static final class Halt {
        /** What of the bytes before is kept, since a statement need not arrive in one piece. */
        private static final int TAIL_CHARS = 4096;

        private final Pattern statement;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private long left;
        private boolean met;
        private String tail = "";

        private Halt(Pattern statement, long bytes) {
            this.statement = statement;
            this.left = bytes;
        }

        /**
         * Waits until it is reached.
         *
         * @param whileTrue what must hold meanwhile
         * @return whether it was
         */
        public boolean await(BooleanSupplier whileTrue) throws InterruptedException {
            while (!reached.await(50, TimeUnit.MILLISECONDS)) {
                if (!whileTrue.getAsBoolean()) {
                    return reached.getCount() == 0;
                }
            }
            return true;
        }

        /** Lets everything pass again. */
        public void goOn() {
            goOn.countDown();
        }

        private synchronized boolean lookAt(byte[] chunk, int size, boolean up) {
            if (met) {
                left -= size;
            } else if (up) {
                String text = tail + new String(chunk, 0, size, StandardCharsets.ISO_8859_1);
                met = statement.matcher(text).find();
                tail = text.substring(Math.max(0, text.length() - TAIL_CHARS));
            }
            return met && left <= 0;
        }

        private void stand() throws IOException {
            reached.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket server = new Socket(host, port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                background("proxy-up", () -> pass(client, server, true));
                background("proxy-down", () -> pass(server, client, false));
            } catch (IOException e) {
                // The server is down, or the entrance is closed: the client sees its connection end.
            }
        }
    }

    private void pass(Socket from, Socket to, boolean up) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int size = in.read(chunk); size >= 0; size = in.read(chunk)) {
                if (up && sent.addAndGet(size) > cutAt.get()) {
                    cutAt.set(Long.MAX_VALUE);
                    cut();
                    return;
                }
                Halt here = halt;
                boolean halted = here.lookAt(chunk, size, up);
                if (halted && !up) {
                    here.stand();
                }
                byte[] bytes = up || replacements.isEmpty() ? chunk : replaced(chunk, size);
                out.write(bytes, 0, size);
                out.flush();
                if (halted && up) {
                    here.stand();
                }
            }
        } catch (IOException e) {
            // The other direction, or somebody here, has closed it.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private byte[] replaced(byte[] chunk, int size) {
        String text = new String(chunk, 0, size, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            text = text.replace(replacement.getKey(), replacement.getValue());
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void background(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            // Without waiting for what is still to be sent: as when a cable is pulled.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Somebody else was faster: it is closed.
        }
    }

    /** Cuts what is open and takes no more. */
    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
        halt.goOn();
    }
}
