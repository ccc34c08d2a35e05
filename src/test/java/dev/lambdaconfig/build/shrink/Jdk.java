package dev.lambdaconfig.build.shrink;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The classes of the Java that runs this. */
final class Jdk {

  private Jdk() {}

  /** Returns all of them, as entries of a jar. */
  static Map<String, byte[]> classes() throws IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    FileSystem runtime = FileSystems.getFileSystem(URI.create("jrt:/"));
    try (Stream<Path> files = Files.walk(runtime.getPath("modules"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.getNameCount() > 2 && file.toString().endsWith(".class")) {
          String name = file.subpath(2, file.getNameCount()).toString();
          if (!name.equals("module-info.class")) {
            classes.put(name, Files.readAllBytes(file));
          }
        }
      }
    }
    return classes;
  }
}
