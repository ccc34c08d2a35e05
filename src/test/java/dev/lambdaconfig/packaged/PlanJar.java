package dev.lambdaconfig.packaged;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A command of the packaged jar, with a simulated AWS.
 *
 * @param home the home directory, and the place of the process's output
 * @param environment the environment variables of the process
 */
public record PlanJar(Path home, Map<String, String> environment) {

  /** The end of a process, and its output. */
  public record Result(int exitCode, String out, String err) {

    /** The output as JSON. */
    public JsonNode json() throws JsonProcessingException {
      return new ObjectMapper().readTree(out);
    }
  }

  /** Returns the jar with credentials for a simulated AWS. */
  public static PlanJar of(Path home, URI aws) {
    return withoutCredentials(home, aws)
        .with("AWS_ACCESS_KEY_ID", "AKIDTEST")
        .with("AWS_SECRET_ACCESS_KEY", "secret");
  }

  /** Returns the jar without credentials. */
  public static PlanJar withoutCredentials(Path home, URI aws) {
    return new PlanJar(
        home,
        Map.of(
            "HOME", home.toString(),
            "PATH", "/usr/bin:/bin",
            "AWS_REGION", "eu-west-1",
            "AWS_EC2_METADATA_DISABLED", "true",
            "AWS_ENDPOINT_URL", aws.toString()));
  }

  PlanJar with(String variable, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(variable, value);
    return new PlanJar(home, Map.copyOf(more));
  }

  /** Runs the command {@code plan} to its end. */
  public Result plan(String... arguments) throws IOException, InterruptedException {
    return run("plan", arguments);
  }

  /** Runs a command to its end. */
  public Result run(String command, String... arguments) throws IOException, InterruptedException {
    return end(start(command, arguments));
  }

  /** Waits for the end of a process. */
  Result end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    int exitCode = process.waitFor();
    return new Result(exitCode, text("out"), text("err"));
  }

  /** Runs a command to its end with the standard input that a shell gives it. */
  Result runWith(String redirection, String command, String... arguments)
      throws IOException, InterruptedException {
    return end(
        start(List.of("bash", "-c", "exec \"$@\" " + redirection, "bash"), command, arguments));
  }

  /** Starts a command, whose input the caller closes. */
  Process start(String command, String... arguments) throws IOException {
    return start(List.of(), command, arguments);
  }

  private Process start(List<String> shell, String command, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>(shell);
    line.add(System.getProperty("java.home") + "/bin/java");
    line.add("-XX:TieredStopAtLevel=1");
    line.add("-jar");
    line.add(
        Path.of(requireNonNull(System.getProperty("operator.jar"))).toAbsolutePath().toString());
    line.add(command);
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(home.toFile())
            .redirectOutput(home.resolve("out").toFile())
            .redirectError(home.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private String text(String file) throws IOException {
    return Files.readString(home.resolve(file), StandardCharsets.UTF_8);
  }
}
