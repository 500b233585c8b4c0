package dev.outgrow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A network that loses packets, as those who use TCP see it: nothing is missing and nothing comes twice, but what was lost comes
 * after the time in which it is sent again, from 200 ms on and twice as long each time, together with all that waited behind it; and
 * what came in one piece comes in small ones.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6298">RFC 6298, "Computing TCP's Retransmission Timer"</a>
 */
final class LossyProxy extends ServerDetour {
    private static final int SEGMENT_BYTES = 1448;
    private static final long FIRST_TIMEOUT_MILLIS = 200;
    private static final long LONGEST_TIMEOUT_MILLIS = 3_200;

    private final double loss;
    private final Random random;

    private LossyProxy(String jdbcUrl, double loss, long seed) throws IOException {
        super(jdbcUrl);
        this.loss = loss;
        this.random = new Random(seed);
    }

    /**
     * Such a network before a server.
     *
     * @param loss the part of the segments that is lost
     */
    static LossyProxy before(String jdbcUrl, double loss, long seed) throws IOException {
        LossyProxy proxy = new LossyProxy(jdbcUrl, loss, seed);
        proxy.begin();
        return proxy;
    }

    @Override
    List<Way> ways(int number) {
        Random up = new Random(random.nextLong());
        Random down = new Random(random.nextLong());
        return List.of((from, to) -> forward(from, to, up), (from, to) -> forward(from, to, down));
    }

    private void forward(Socket from, Socket to, Random luck) throws IOException, InterruptedException {
        byte[] bytes = new byte[1 << 16];
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int size = in.read(bytes); size >= 0; size = in.read(bytes)) {
            deliver(bytes, size, out, luck);
        }
        to.shutdownOutput();
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
}
