package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.cli.preflight.StartupException;
import dev.lambdaconfig.ops.Health;
import dev.lambdaconfig.ops.ManagementServer;
import java.io.IOException;
import java.util.function.Supplier;

/** Opens the management port. */
final class ManagementModule {

  private ManagementModule() {}

  /**
   * Serves probes and metrics.
   *
   * @param port the port, 0 for any free one
   * @throws StartupException if the port cannot be bound
   */
  static ManagementServer serve(int port, Health health, Supplier<String> metrics)
      throws StartupException {
    try {
      return ManagementServer.start(port, health, metrics);
    } catch (IOException e) {
      throw new StartupException(
          "port "
              + port
              + " for probes and metrics cannot be bound ("
              + e.getMessage()
              + "): choose another one with --management-port",
          e);
    }
  }
}
