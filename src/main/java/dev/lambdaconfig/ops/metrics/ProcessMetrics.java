package dev.lambdaconfig.ops.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The process: its memory, processor time and age. */
final class ProcessMetrics {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final double KILOBYTE = 1024;

  private ProcessMetrics() {}

  static void bindTo(MeterRegistry registry) {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    if (Files.isReadable(STATUS)) {
      Gauge.builder("process.resident.memory", ProcessMetrics::resident)
          .description("What the process takes of the machine's memory; heap is a part of it.")
          .baseUnit("bytes")
          .register(registry);
    }
  }

  private static double resident() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .map(RESIDENT::matcher)
          .filter(Matcher::matches)
          .mapToDouble(line -> Long.parseLong(line.group(1)) * KILOBYTE)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
