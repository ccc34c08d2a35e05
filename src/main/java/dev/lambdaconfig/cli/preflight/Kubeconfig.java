package dev.lambdaconfig.cli.preflight;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the files that {@code KUBECONFIG} names. */
public final class Kubeconfig {

  private Kubeconfig() {}

  /**
   * Requires one of the files to be readable: otherwise the client would assume that it runs in a
   * Pod, and report a misleading problem.
   *
   * @param variable the value of {@code KUBECONFIG}, or null
   */
  public static void requireReadable(@Nullable String variable) throws StartupException {
    if (variable == null || variable.isBlank()) {
      return;
    }
    List<Path> files =
        Stream.of(variable.split(File.pathSeparator))
            .filter(file -> !file.isBlank())
            .map(Path::of)
            .toList();
    if (files.stream().noneMatch(Files::isReadable)) {
      throw new StartupException(
          "KUBECONFIG names "
              + variable
              + ", but no such file can be read: correct it, or unset it to run in a Pod");
    }
  }
}
