package dev.lambdaconfig.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A child process: its output goes to a file, and it does not outlive this JVM. */
public final class ChildProcess implements AutoCloseable {

  private static final int TAIL_LINES = 40;
  private static final Path SHELL = Path.of("/bin/sh");

  private final Process process;
  private final Path log;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it with nothing inherited.
   *
   * @param folder where it runs; deleted when this JVM is killed
   * @param environment all of it
   * @param log what its output is appended to
   */
  public static ChildProcess start(
      List<String> command, Path folder, Map<String, String> environment, Path log)
      throws IOException {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    watch(process, folder);
    return new ChildProcess(process, log);
  }

  /**
   * A shutdown hook does not run when the JVM itself is killed, as an IDE's stop button does. The
   * shell's input is a pipe from this JVM: it ends with the JVM, however that ends.
   */
  private static void watch(Process process, Path folder) throws IOException {
    if (!Files.isExecutable(SHELL)) {
      return;
    }
    var script = "read line; kill -9 \"$1\"; rm -rf \"$2\"";
    var watcher =
        new ProcessBuilder(
                SHELL.toString(), "-c", script, "watch", "" + process.pid(), folder.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    // Gone before the number can be another process's. This also keeps the pipe reachable: the
    // garbage collector would close it.
    var unused = process.onExit().thenRun(watcher::destroyForcibly);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The handle by which the operating system knows it. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Asks it to end (SIGTERM). */
  public void terminate() {
    process.destroy();
  }

  /** Sends it a signal, such as {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    var kill =
        new ProcessBuilder(SHELL.toString(), "-c", "kill -" + name + " " + process.pid())
            .inheritIO()
            .start();
    if (kill.waitFor() != 0) {
      throw new IOException("no signal " + name + " to process " + process.pid());
    }
  }

  public int exitCode() {
    return process.exitValue();
  }

  public boolean exitsWithin(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  public Stream<String> log() {
    try {
      return Files.exists(log)
          ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines()
          : Stream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of its log, for an error message. */
  public String tail() {
    var lines = log().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  /** Kills it, and what it started, at once: nothing here has state worth a graceful end. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
