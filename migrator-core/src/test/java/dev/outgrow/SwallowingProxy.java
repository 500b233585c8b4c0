package dev.outgrow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;

/** A network between a client and a server that at some moment delivers nothing any more, and says nothing about it. */
final class SwallowingProxy extends ServerDetour {
    private volatile boolean swallowing;
    private volatile int forgotten;

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

    @Override
    List<Way> ways(int number) {
        Way way = (from, to) -> forward(number, from, to);
        return List.of(way, way);
    }

    private boolean swallows(int number) {
        return swallowing || number <= forgotten;
    }

    private void forward(int number, Socket from, Socket to) throws IOException {
        byte[] bytes = new byte[8192];
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
    }
}
