package dev.lambdaconfig.cli.options;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the ports that an operator serves. */
final class ManagementOptions {

  @Option(
      names = "--management-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description =
          "The port of /livez, /readyz and /metrics; 0 takes any free port. Two operators on one"
              + " host need two ports. Default: 8080.")
  private int managementPort = 8080;

  @Option(
      names = "--debug-port",
      paramLabel = "PORT",
      description =
          "The port of /debug/state on 127.0.0.1: how many entries each internal collection has,"
              + " threads, open descriptors and heap. 0 takes any free port. Default: not served.")
  private @Nullable Integer debugPort;

  ManagementOptions() {}

  ManagementOptions(int managementPort) {
    this.managementPort = managementPort;
  }

  int managementPort() {
    return managementPort;
  }

  @Nullable Integer debugPort() {
    return debugPort;
  }

  /** Serves the debug state on any free port. */
  void serveDebugState() {
    debugPort = 0;
  }

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (managementPort < 0 || managementPort > 65535) {
      problems.add("--management-port must be 0 to 65535");
    }
    if (debugPort != null && (debugPort < 0 || debugPort > 65535)) {
      problems.add("--debug-port must be 0 to 65535");
    }
    return problems;
  }
}
