package dev.lambdaconfig.build.lambdas;

import dev.lambdaconfig.build.jar.JarEntries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.Deflater;

/**
 * Rewrites a jar so that its lambdas and method references need no class of their own at run time.
 *
 * <p>For each of them the JVM spins a hidden class when it is evaluated for the first time, and the
 * method handles that lead there: 2,600 of the 10,500 classes of a start. Here all lambdas of a
 * class that implement the same interface, and capture as many values, share one class: its
 * instances know by a number which of the methods to call. What a lambda does is the same. Lambdas
 * that are serializable, or implement more than one interface, are left as they are.
 *
 * <p>Classes lose the tables of local variables' names as well, which only debuggers read and the
 * JVM keeps in memory.
 */
public final class MergeLambdas {

  /** The packages whose lambdas a running operator evaluates; others would only add entries. */
  private static final List<String> PACKAGES =
      List.of(
          "ch/qos/logback/",
          "com/fasterxml/jackson/",
          "dev/lambdaconfig/",
          "io/fabric8/kubernetes/client/",
          "io/javaoperatorsdk/",
          "io/micrometer/",
          "io/prometheus/metrics/",
          "org/apache/hc/",
          "software/amazon/awssdk/");

  private MergeLambdas() {}

  /**
   * Rewrites a jar in place.
   *
   * @param args the jar
   * @throws IOException if it cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    JarEntries entries = JarEntries.read(jar);
    new JarEntries(
            merged(entries.contents(), name -> PACKAGES.stream().anyMatch(name::startsWith)),
            entries.time())
        .write(jar, Deflater.BEST_COMPRESSION);
  }

  /**
   * Returns the entries of a jar with merged lambdas.
   *
   * @param chosen whether to rewrite a class, by its name with slashes
   */
  static Map<String, byte[]> merged(Map<String, byte[]> jar, Predicate<String> chosen) {
    DeclaredMethods methods = new DeclaredMethods(name -> jar.get(name + JarEntries.CLASS));
    Map<String, HostClass> hosts = new TreeMap<>();
    jar.forEach(
        (name, bytes) -> {
          if (JarEntries.isClass(name) && chosen.test(name)) {
            hosts.put(name, HostClass.of(bytes, methods));
          }
        });
    Map<String, List<String>> nests = nests(hosts.values());
    Map<String, byte[]> merged = new LinkedHashMap<>();
    jar.forEach(
        (name, bytes) -> {
          HostClass host = hosts.get(name);
          if (host == null) {
            merged.put(name, bytes);
            return;
          }
          merged.put(name, host.rewritten(nests.getOrDefault(host.name(), List.of())));
          for (MergedLambdas lambdas : host.lambdas()) {
            merged.put(lambdas.name() + JarEntries.CLASS, lambdas.bytes(host));
          }
        });
    return merged;
  }

  /** The classes of lambdas that join each nest. */
  private static Map<String, List<String>> nests(Collection<HostClass> hosts) {
    Map<String, List<String>> nests = new HashMap<>();
    for (HostClass host : hosts) {
      for (MergedLambdas lambdas : host.lambdas()) {
        nests.computeIfAbsent(host.nestHost(), nest -> new ArrayList<>()).add(lambdas.name());
      }
    }
    return nests;
  }
}
