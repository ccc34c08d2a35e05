package dev.lambdaconfig.cli.preflight;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.kubernetes.client.utils.Utils;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the files that {@code KUBECONFIG} names. */
public final class Kubeconfig {

  private Kubeconfig() {}

  /** Returns what is wrong with the environment's kubeconfig, or null. */
  public static @Nullable String problem() {
    // In the client's order: a property, then KUBECONFIG.
    return problem(Utils.getSystemPropertyOrEnvVar("kubeconfig"));
  }

  /**
   * Returns what is wrong with the files, or null. Where none can be read, the client would assume
   * that it runs in a Pod, and report a misleading problem; and of one that is no kubeconfig it
   * reports what the parser says, without its name.
   *
   * @param variable the value of {@code KUBECONFIG}, or null
   */
  static @Nullable String problem(@Nullable String variable) {
    if (variable == null || variable.isBlank()) {
      return null;
    }
    List<Path> files =
        Stream.of(variable.split(File.pathSeparator))
            .filter(file -> !file.isBlank())
            .map(Path::of)
            .filter(file -> Files.isReadable(file) && !Files.isDirectory(file))
            .toList();
    if (files.isEmpty()) {
      return "KUBECONFIG names "
          + variable
          + ", but no such file can be read: correct it, or unset it";
    }
    return files.stream()
        .filter(file -> !isKubeconfig(file))
        .findFirst()
        .map(file -> "KUBECONFIG: " + file + " is no kubeconfig: check its YAML")
        .orElse(null);
  }

  private static boolean isKubeconfig(Path file) {
    try {
      String text = Files.readString(file);
      // Without running what it names for credentials.
      return text.isBlank() || Serialization.unmarshal(text, Config.class) != null;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
