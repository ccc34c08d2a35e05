package dev.lambdaconfig.build.lambdas;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

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
    Path merged = jar.resolveSibling(jar.getFileName() + ".merged");
    rewrite(jar, merged, name -> PACKAGES.stream().anyMatch(name::startsWith));
    Files.move(merged, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Writes a jar whose lambdas are merged.
   *
   * @param chosen whether to rewrite a class, by its name with slashes
   */
  static void rewrite(Path jar, Path merged, Predicate<String> chosen) throws IOException {
    try (ZipFile from = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(merged);
        ZipOutputStream to = new ZipOutputStream(file)) {
      to.setLevel(Deflater.BEST_COMPRESSION);
      List<? extends ZipEntry> entries = Collections.list(from.entries());
      DeclaredMethods methods = new DeclaredMethods(name -> find(from, name));
      Map<String, HostClass> hosts = new TreeMap<>();
      for (ZipEntry entry : entries) {
        if (isClass(entry.getName()) && chosen.test(entry.getName())) {
          hosts.put(entry.getName(), HostClass.of(read(from, entry), methods));
        }
      }
      Map<String, List<String>> nests = nests(hosts.values());
      // Of one entry the shade plugin keeps another time, which depends on the time zone.
      LocalDateTime time = entries.getFirst().getTimeLocal();
      for (ZipEntry entry : entries) {
        HostClass host = hosts.get(entry.getName());
        if (host == null) {
          write(to, entry.getName(), time, read(from, entry));
          continue;
        }
        List<String> members = nests.getOrDefault(host.name(), List.of());
        write(to, entry.getName(), time, host.rewritten(members));
        for (MergedLambdas lambdas : host.lambdas()) {
          write(to, lambdas.name() + ".class", time, lambdas.bytes(host));
        }
      }
    }
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

  private static boolean isClass(String name) {
    return name.endsWith(".class") && !name.startsWith("META-INF/");
  }

  private static byte @Nullable [] find(ZipFile jar, String name) {
    ZipEntry entry = jar.getEntry(name + ".class");
    try {
      return entry == null ? null : read(jar, entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(ZipFile jar, ZipEntry entry) throws IOException {
    try (var content = jar.getInputStream(entry)) {
      return content.readAllBytes();
    }
  }

  private static void write(ZipOutputStream to, String name, LocalDateTime time, byte[] bytes)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(time);
    to.putNextEntry(entry);
    to.write(bytes);
    to.closeEntry();
  }
}
