package dev.outgrow.examples.benchmarks;

import dev.outgrow.typemap.internal.encode.CopyBuffer;
import dev.outgrow.typemap.internal.encode.Encoders;
import dev.outgrow.typemap.internal.encode.ValueEncoder;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long a value takes to be encoded, and how many bytes are allocated for it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class EncoderBenchmark {
    private static final int VALUES = 1024;

    @Param
    public EncoderCase values = EncoderCase.BIGINT_FROM_INTEGER;

    private ValueEncoder encoder = Encoders.encoderFor(values.mapping());
    private ValueSlot[] slots = {};
    private final CopyBuffer buffer = new CopyBuffer(8 << 20);

    @Setup
    public void fill() {
        encoder = Encoders.encoderFor(values.mapping());
        slots = values.values(VALUES);
    }

    /** A thousand values and more, into a buffer that is used again. */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public int encode() {
        buffer.clear();
        for (ValueSlot slot : slots) {
            encoder.encode(slot, buffer);
        }
        return buffer.size();
    }

    /** Runs the cases whose names fit {@code -Dbenchmark.cases}, and prints a table. */
    public static void main(String[] args) throws RunnerException {
        String wanted = System.getProperty("benchmark.cases", "");
        String[] cases = Arrays.stream(EncoderCase.values())
                .map(EncoderCase::name)
                .filter(name -> wanted.isEmpty() || name.matches("(?i)" + wanted))
                .toArray(String[]::new);
        var results = new Runner(new OptionsBuilder()
                        .include(EncoderBenchmark.class.getName())
                        .param("values", cases)
                        .addProfiler(GCProfiler.class)
                        .warmupTime(TimeValue.seconds(1))
                        .build())
                .run();
        System.out.printf(Locale.ROOT, "%n%-32s %12s %16s%n", "value", "ns a value", "bytes allocated");
        for (RunResult result : results) {
            Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
            System.out.printf(
                    Locale.ROOT,
                    "%-32s %12.1f %16.3f%n",
                    result.getParams().getParam("values"),
                    result.getPrimaryResult().getScore(),
                    allocated == null ? Double.NaN : allocated.getScore());
        }
    }
}
