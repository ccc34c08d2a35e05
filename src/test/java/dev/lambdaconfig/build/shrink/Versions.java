package dev.lambdaconfig.build.shrink;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The entries of a multi-release jar that are for some versions of Java. */
final class Versions {

  private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d+)/(.+)");

  private Versions() {}

  /**
   * Returns the entries as a Java of a version sees them. Those for newer ones stay as they are.
   *
   * @param java the version
   */
  static Map<String, byte[]> flattened(Map<String, byte[]> jar, int java) {
    Map<String, byte[]> flat = new LinkedHashMap<>();
    Map<String, Integer> versions = new HashMap<>();
    jar.forEach(
        (entry, bytes) -> {
          Matcher versioned = VERSIONED.matcher(entry);
          int version = versioned.matches() ? Integer.parseInt(versioned.group(1)) : 0;
          String name = version == 0 || version > java ? entry : versioned.group(2);
          if (versions.getOrDefault(name, -1) <= version) {
            versions.put(name, version);
            flat.put(name, bytes);
          }
        });
    return flat;
  }
}
