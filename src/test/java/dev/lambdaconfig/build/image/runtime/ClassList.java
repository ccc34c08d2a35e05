package dev.lambdaconfig.build.image.runtime;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The list of classes from which the JVM makes its archive, the same in each build.
 *
 * <p>The JVM records the classes, lambdas and resolved constants of a run. The first two are nearly
 * always the same, apart from their order. Which constants were resolved depends on how threads and
 * packets met, so the list names all references of each class instead; the JVM resolves those that
 * it can, and a start is none the slower. Lambdas are named by their call sites alone: where the
 * JVM links classes ahead of time, it reads no other line about them.
 */
final class ClassList {

  private static final String CONSTANTS = "@cp ";
  private static final String LAMBDAS = "@lambda-proxy ";

  /**
   * The classes all of whose call sites are named. At the end of a rehearsal, the HTTP client's
   * thread aborts the connections that are open, if the process does not end before that.
   */
  private static final Set<String> RACING =
      Set.of("jdk/internal/net/http/SocketTube$SocketFlowEvent");

  private ClassList() {}

  /**
   * Returns the list in its final form.
   *
   * @param recorded the lines of the JVM
   * @param home the JVM that recorded them
   */
  static List<String> complete(List<String> recorded, Path jar, Path home) throws IOException {
    Set<String> classes = new TreeSet<>();
    Set<String> invokers = new TreeSet<>();
    Map<String, Set<Integer>> resolved = new HashMap<>();
    for (String line : recorded) {
      if (line.startsWith(CONSTANTS)) {
        List<String> words = List.of(line.split(" "));
        resolved.put(
            words.get(1),
            words.subList(2, words.size()).stream()
                .map(Integer::valueOf)
                .collect(Collectors.toSet()));
      } else if (line.startsWith("@")) {
        if (!line.startsWith(LAMBDAS)) {
          invokers.add(line);
        }
      } else if (!line.startsWith("#") && !line.isBlank()) {
        classes.add(line.replaceFirst(" .*", ""));
      }
    }
    List<String> list = new ArrayList<>(classes);
    list.addAll(invokers);
    for (Map.Entry<String, byte[]> each : contents(classes, jar, home).entrySet()) {
      ConstantPool constants = ConstantPool.of(each.getValue());
      Set<Integer> wanted = new TreeSet<>(constants.references());
      // Call sites of lambdas: only those that were reached, for each one is a class.
      Set<Integer> callSites = new HashSet<>(constants.callSites());
      if (!RACING.contains(each.getKey())) {
        callSites.retainAll(resolved.getOrDefault(each.getKey(), Set.of()));
      }
      wanted.addAll(callSites);
      if (!wanted.isEmpty()) {
        list.add(
            CONSTANTS
                + each.getKey()
                + wanted.stream().map(index -> " " + index).collect(Collectors.joining()));
      }
    }
    return list;
  }

  private static Map<String, byte[]> contents(Set<String> classes, Path jar, Path home)
      throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (FileSystem java =
            FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", home.toString()));
        JarFile file = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
      Map<String, Path> ofJava = ofJava(java);
      for (String name : classes) {
        Path inJava = ofJava.get(name + ".class");
        ZipEntry inJar = file.getEntry(name + ".class");
        if (inJava != null) {
          contents.put(name, Files.readAllBytes(inJava));
        } else if (inJar != null) {
          contents.put(name, file.getInputStream(inJar).readAllBytes());
        }
      }
    }
    return contents;
  }

  private static Map<String, Path> ofJava(FileSystem java) throws IOException {
    Map<String, Path> classes = new HashMap<>();
    Path modules = java.getPath("/modules");
    try (Stream<Path> files = Files.walk(modules)) {
      files
          .filter(file -> file.getNameCount() > 2 && file.toString().endsWith(".class"))
          .forEach(
              file ->
                  classes.put(
                      IntStream.range(2, file.getNameCount())
                          .mapToObj(i -> file.getName(i).toString())
                          .collect(Collectors.joining("/")),
                      file));
    }
    return classes;
  }
}
