package dev.lambdaconfig.build.jar;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The entries of a jar, folders included.
 *
 * @param contents what is in each, by its name and in the order of the jar
 * @param time when all of them were modified, which a jar says without a time zone
 */
public record JarEntries(Map<String, byte[]> contents, LocalDateTime time) {

  /** The end of the name of a class file. */
  public static final String CLASS = ".class";

  /** Returns whether an entry is a class for every version of Java. */
  public static boolean isClass(String name) {
    return name.endsWith(CLASS) && !name.startsWith("META-INF/");
  }

  /**
   * Reads a jar.
   *
   * @throws IOException if it cannot be read
   */
  public static JarEntries read(Path jar) throws IOException {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    try (ZipFile file = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(file.entries())) {
        try (var content = file.getInputStream(entry)) {
          contents.put(entry.getName(), content.readAllBytes());
        }
      }
      // Of one entry the shade plugin keeps another time, which depends on the time zone.
      return new JarEntries(contents, file.entries().nextElement().getTimeLocal());
    }
  }

  /**
   * Writes a jar, in place of the one that is there.
   *
   * @param level how far to compress, from 0 to 9
   * @throws IOException if it cannot be written
   */
  public void write(Path jar, int level) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.setLevel(level);
      for (var content : contents.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        entry.setTimeLocal(time);
        zip.putNextEntry(entry);
        zip.write(content.getValue());
        zip.closeEntry();
      }
    }
  }
}
