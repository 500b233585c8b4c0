package dev.outgrow;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A way to a server on which something happens to what passes; each direction of each connection has a thread. */
abstract class ServerDetour implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("jdbc:postgresql://([^:/]+):(\\d+)/(.*)");

    private final String host;
    private final int port;
    private final String rest;
    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /**
     * A way to a server.
     *
     * @param jdbcUrl with a host and a port
     */
    ServerDetour(String jdbcUrl) throws IOException {
        Matcher address = ADDRESS.matcher(jdbcUrl);
        if (!address.matches()) {
            throw new IllegalArgumentException("no host and port in the URL");
        }
        host = address.group(1);
        port = Integer.parseInt(address.group(2));
        rest = address.group(3);
    }

    /** Passes on what comes from one side until one of them hangs up. */
    @FunctionalInterface
    interface Way {
        void pass(Socket from, Socket to) throws IOException, InterruptedException;
    }

    /**
     * What happens on the way of a new connection, there and back; called for one connection after another.
     *
     * @param number of the connection, from 1 on
     */
    abstract List<Way> ways(int number);

    /** Lets clients in from now on. */
    final void begin() {
        start(this::accept);
    }

    /** The URL by this way. */
    final String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + entrance.getLocalPort() + "/" + rest;
    }

    /** How many connections there were. */
    final int connections() {
        return sockets.size() / 2;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                Socket server = new Socket(host, port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.addAll(List.of(client, server));
                List<Way> ways = ways(connections());
                start(() -> pass(ways.get(0), client, server));
                start(() -> pass(ways.get(1), server, client));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private static void pass(Way way, Socket from, Socket to) {
        try {
            way.pass(from, to);
        } catch (IOException closed) {
            // One side has hung up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "server-detour");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public final void close() throws IOException {
        entrance.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
