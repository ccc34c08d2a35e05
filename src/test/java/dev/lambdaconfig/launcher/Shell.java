package dev.lambdaconfig.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a command to its end, with an environment of its own. */
public final class Shell {

  private final Map<String, String> environment = new HashMap<>();

  /** The output of a command, on both streams, and its exit code. */
  public record Result(int exitCode, String output) {}

  /** Creates a shell with that home and the system's tools on the PATH. */
  public Shell(Path home) {
    environment.put("HOME", home.toString());
    environment.put("PATH", "/usr/bin:/bin");
  }

  /** Sets a variable of the environment. */
  public Shell with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  /** Runs it and waits for it. */
  public Result run(String... command) throws IOException, InterruptedException {
    return result(start(command));
  }

  /** Starts it. */
  Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  /** Waits for a process that was started. */
  static Result result(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
