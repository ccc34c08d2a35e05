package dev.lambdaconfig.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The classes of the jar that the build rewrote, and those that it made for lambdas. */
final class MergedLambdasIT {

  private static final String MERGED = "$$Lambda$";
  private static final String SUFFIX = ".class";

  @Test
  void theJvmAcceptsEachRewrittenClass() throws Exception {
    // Given
    Path jar = Path.of(System.getProperty("operator.jar"));
    Set<String> merged;
    try (JarFile content = new JarFile(jar.toFile())) {
      merged =
          content.stream()
              .map(JarEntry::getName)
              .filter(name -> name.contains(MERGED))
              .collect(Collectors.toSet());
    }
    assertThat(merged).hasSizeGreaterThan(1_000);
    List<String> refused = new ArrayList<>();
    int accepted = 0;

    // When
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      for (String entry : merged) {
        String name = entry.substring(0, entry.length() - SUFFIX.length()).replace('/', '.');
        String host = name.substring(0, name.indexOf(MERGED));
        accepted += isLinked(loader, name, refused) && isLinked(loader, host, refused) ? 1 : 0;
      }
    }

    // Then
    assertThat(refused).isEmpty();
    assertThat(accepted).isGreaterThan(merged.size() * 9 / 10);
  }

  /** Returns whether a class could be verified: not if it needs a library that is left out. */
  private static boolean isLinked(ClassLoader loader, String name, List<String> refused) {
    try {
      // The methods are known only once the class is verified.
      return Class.forName(name, false, loader).getDeclaredMethods().length > 0;
    } catch (NoClassDefFoundError e) {
      return false;
    } catch (ClassNotFoundException | LinkageError e) {
      return refused.add(e.toString());
    }
  }
}
