package dev.outgrow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network that loses packets, as those who use TCP see it: nothing is missing and nothing comes twice, but what was lost comes
 * after the time in which it is sent again, from 200 ms on and twice as long each time, together with all that waited behind it; and
 * what came in one piece comes in small ones.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6298">RFC 6298, "Computing TCP's Retransmission Timer"</a>
 */
final class LossyProxy implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("jdbc:postgresql://([^:/]+):(\\d+)/(.*)");
    private static final int SEGMENT_BYTES = 1448;
    private static final long FIRST_TIMEOUT_MILLIS = 200;
    private static final long LONGEST_TIMEOUT_MILLIS = 3_200;

    private final String host;
    private final int port;
    private final String rest;
    private final ServerSocket entrance;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final double loss;
    private final Random random;

    private LossyProxy(Matcher address, double loss, long seed) throws IOException {
        this.host = address.group(1);
        this.port = Integer.parseInt(address.group(2));
        this.rest = address.group(3);
        this.loss = loss;
        this.random = new Random(seed);
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /**
     * Such a network before a server.
     *
     * @param loss the part of the segments that is lost
     */
    static LossyProxy before(String jdbcUrl, double loss, long seed) throws IOException {
        Matcher address = ADDRESS.matcher(jdbcUrl);
        if (!address.matches()) {
            throw new IllegalArgumentException("no host and port in the URL");
        }
        LossyProxy proxy = new LossyProxy(address, loss, seed);
        start(proxy::accept);
        return proxy;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + entrance.getLocalPort() + "/" + rest;
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
                Random up;
                Random down;
                synchronized (random) {
                    up = new Random(random.nextLong());
                    down = new Random(random.nextLong());
                }
                start(() -> forward(client, server, up));
                start(() -> forward(server, client, down));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private void forward(Socket from, Socket to, Random luck) {
        byte[] bytes = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int size = in.read(bytes); size >= 0; size = in.read(bytes)) {
                deliver(bytes, size, out, luck);
            }
            to.shutdownOutput();
        } catch (IOException closed) {
            // One side has hung up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(byte[] bytes, int size, OutputStream out, Random luck)
            throws IOException, InterruptedException {
        int done = 0;
        while (done < size) {
            int segment = Math.min(size - done, 1 + luck.nextInt(SEGMENT_BYTES));
            long timeout = FIRST_TIMEOUT_MILLIS;
            while (luck.nextDouble() < loss && timeout <= LONGEST_TIMEOUT_MILLIS) {
                TimeUnit.MILLISECONDS.sleep(timeout);
                timeout *= 2;
                // What was sent behind it is there by now.
                segment = size - done;
            }
            out.write(bytes, done, segment);
            done += segment;
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "lossy-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
