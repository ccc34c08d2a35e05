package dev.lambdaconfig.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has used so far.
 *
 * @param cpu user and system time
 * @param memory resident, in bytes; {@link #UNKNOWN} where the system does not tell
 * @param own the part of it that is no file's, in bytes, or {@link #UNKNOWN}
 * @param peak the most that was resident since {@link #forgetPeak}, in bytes, or {@link #UNKNOWN}
 * @param ownPeak the most that was no file's, as {@link MemoryTrace} saw it, or {@link #UNKNOWN}
 */
record ProcessUsage(Duration cpu, long memory, long own, long peak, long ownPeak) {

  static final long UNKNOWN = -1;

  private static final Pattern KILOBYTES =
      Pattern.compile("^(VmRSS|RssAnon|VmHWM):\\s+(\\d+) kB$", Pattern.MULTILINE);

  static ProcessUsage of(ProcessHandle process) {
    Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
    long memory = UNKNOWN;
    long own = UNKNOWN;
    long peak = UNKNOWN;
    try {
      Matcher found = KILOBYTES.matcher(Files.readString(file(process, "status")));
      while (found.find()) {
        long bytes = 1024 * Long.parseLong(found.group(2));
        switch (found.group(1)) {
          case "VmRSS" -> memory = bytes;
          case "RssAnon" -> own = bytes;
          default -> peak = bytes;
        }
      }
    } catch (IOException e) {
      // Only Linux has such files.
    }
    return new ProcessUsage(cpu, memory, own, peak, UNKNOWN);
  }

  /** The same for another time on processors, and with the peak of what is no file's. */
  ProcessUsage with(Duration otherCpu, long otherOwnPeak) {
    return new ProcessUsage(otherCpu, memory, own, peak, otherOwnPeak);
  }

  /** Lets the peak start anew; where that is not allowed it is that of the whole life. */
  static void forgetPeak(ProcessHandle process) {
    try {
      Files.writeString(file(process, "clear_refs"), "5");
    } catch (IOException e) {
      // Then the peak is a little too high, never too low.
    }
  }

  private static Path file(ProcessHandle process, String name) {
    return Path.of("/proc", String.valueOf(process.pid()), name);
  }
}
