package dev.lambdaconfig.ops.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The metrics of the process, by the names of Prometheus's client libraries, and the JVM's memory.
 * Micrometer has other names for the former, and its load averages are those of the machine.
 */
final class ProcessMetrics {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final double KILOBYTE = 1024;

  private ProcessMetrics() {}

  static void bindTo(MeterRegistry registry) {
    new JvmMemoryMetrics().bindTo(registry);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      FunctionCounter.builder("process.cpu", system, ProcessMetrics::cpuSeconds)
          .description("CPU time of the process.")
          .baseUnit("seconds")
          .register(registry);
    }
    double start = ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3;
    Gauge.builder("process.start.time", () -> start)
        .description("Start time of the process, as Unix time.")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("process.resident.memory", ProcessMetrics::resident)
        .description("Resident memory of the process, including the heap; on Linux only.")
        .baseUnit("bytes")
        .register(registry);
  }

  private static double cpuSeconds(OperatingSystemMXBean system) {
    return system.getProcessCpuTime() / 1e9;
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
      // Not Linux.
      return Double.NaN;
    }
  }
}
