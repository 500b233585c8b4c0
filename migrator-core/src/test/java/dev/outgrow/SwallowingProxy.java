package dev.outgrow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A network between a client and a server that at some moment delivers nothing any more, and says nothing about it. */
final class SwallowingProxy implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("jdbc:postgresql://([^:/]+):(\\d+)/(.*)");

    private final String host;
    private final int port;
    private final String rest;
    private final ServerSocket entrance;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean swallowing;
    private volatile int forgotten;

    private SwallowingProxy(String host, int port, String rest) throws IOException {
        this.host = host;
        this.port = port;
        this.rest = rest;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    static SwallowingProxy before(String jdbcUrl) throws IOException {
        Matcher matcher = ADDRESS.matcher(jdbcUrl);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no host and port in the URL");
        }
        SwallowingProxy proxy =
                new SwallowingProxy(matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3));
        start(proxy::accept);
        return proxy;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + entrance.getLocalPort() + "/" + rest;
    }

    /** From now on nothing arrives. */
    void swallow() {
        swallowing = true;
    }

    /** From now on nothing arrives on the connections that there are; new ones pass. So does a firewall that was started anew. */
    void forget() {
        forgotten = sockets.size();
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
                int number = sockets.size();
                start(() -> forward(number, client, server));
                start(() -> forward(number, server, client));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private boolean swallows(int number) {
        return swallowing || number <= forgotten;
    }

    private void forward(int number, Socket from, Socket to) {
        byte[] bytes = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int size = in.read(bytes); size >= 0; size = in.read(bytes)) {
                if (!swallows(number)) {
                    out.write(bytes, 0, size);
                }
            }
            if (!swallows(number)) {
                to.shutdownOutput();
            }
        } catch (IOException closed) {
            // One side has hung up.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "swallowing-proxy");
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
