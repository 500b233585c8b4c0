package dev.outgrow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A network between a client and a server that at some moment delivers nothing any more, and says nothing about it. */
final class SwallowingProxy extends ServerDetour {
    private volatile boolean swallowing;
    private volatile int forgotten;
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private volatile boolean leftUp;
    private volatile Runnable then = () -> {};

    private SwallowingProxy(String jdbcUrl) throws IOException {
        super(jdbcUrl);
    }

    static SwallowingProxy before(String jdbcUrl) throws IOException {
        SwallowingProxy proxy = new SwallowingProxy(jdbcUrl);
        proxy.begin();
        return proxy;
    }

    /** From now on nothing arrives. */
    void swallow() {
        swallowing = true;
    }

    /** From now on nothing arrives on the connections that there are; new ones pass. So does a firewall that was started anew. */
    void forget() {
        forgotten = connections();
    }

    /**
     * Does something once, when so many bytes have arrived.
     *
     * @param up those that go to the server; else those that come from it
     */
    void after(boolean up, long bytes, Runnable what) {
        leftUp = up;
        then = what;
        left.set(bytes);
    }

    @Override
    List<Way> ways(int number) {
        return List.of((from, to) -> forward(number, from, to, true), (from, to) -> forward(number, from, to, false));
    }

    private boolean swallows(int number) {
        return swallowing || number <= forgotten;
    }

    private void forward(int number, Socket from, Socket to, boolean up) throws IOException {
        byte[] bytes = new byte[8192];
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int size = in.read(bytes); size >= 0; size = in.read(bytes)) {
            if (!swallows(number)) {
                out.write(bytes, 0, size);
                count(size, up);
            }
        }
        if (!swallows(number)) {
            to.shutdownOutput();
        }
    }

    private void count(int size, boolean up) {
        if (up != leftUp) {
            return;
        }
        long before = left.getAndAdd(-size);
        if (before > 0 && before <= size) {
            then.run();
        }
    }
}
