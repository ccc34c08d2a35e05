package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.cli.preflight.StartupException;
import dev.lambdaconfig.ops.Health;
import dev.lambdaconfig.ops.ManagementServer;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens the management port, and the debug port if there is one. */
final class ManagementModule {

  private ManagementModule() {}

  /** The ports of an operator. */
  record Ports(ManagementServer management, @Nullable ManagementServer debug)
      implements AutoCloseable {

    @Override
    public void close() {
      management.close();
      if (debug != null) {
        debug.close();
      }
    }
  }

  /**
   * Serves probes and metrics, and the state on the loopback if that is asked for.
   *
   * @param port the port, 0 for any free one
   * @param debugPort the port of the state, 0 for any free one, or null for none
   * @throws StartupException if a port cannot be bound
   */
  static Ports serve(
      int port,
      @Nullable Integer debugPort,
      Health health,
      Supplier<String> metrics,
      Supplier<String> state)
      throws StartupException {
    ManagementServer management = serve(port, health, metrics);
    if (debugPort == null) {
      return new Ports(management, null);
    }
    try {
      return new Ports(management, ManagementServer.startDebug(debugPort, state));
    } catch (IOException e) {
      management.close();
      throw taken(debugPort, "/debug/state", "--debug-port", e);
    }
  }

  private static ManagementServer serve(int port, Health health, Supplier<String> metrics)
      throws StartupException {
    try {
      return ManagementServer.start(port, health, metrics);
    } catch (IOException e) {
      throw taken(port, "probes and metrics", "--management-port", e);
    }
  }

  private static StartupException taken(int port, String use, String option, IOException cause) {
    return new StartupException(
        "port "
            + port
            + " for "
            + use
            + " cannot be bound ("
            + cause.getMessage()
            + "): choose another one with "
            + option,
        cause);
  }
}
