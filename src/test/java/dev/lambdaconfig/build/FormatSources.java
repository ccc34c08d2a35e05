package dev.lambdaconfig.build;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rewrites the Java sources in google-java-format, in a JVM of its own: the formatter parses with
 * the compiler of the JVM that it runs in, and Maven's may be too old for this language level.
 */
public final class FormatSources {
  private FormatSources() {}

  /**
   * Formats every Java file below the given directories.
   *
   * @param args the directories
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    Formatter formatter = new Formatter();
    int changed = 0;
    for (String root : args) {
      for (Path file : javaFiles(Path.of(root))) {
        String source = Files.readString(file);
        String formatted = format(formatter, file, source);
        if (!formatted.equals(source)) {
          Files.writeString(file, formatted);
          System.out.println("formatted " + file);
          changed++;
        }
      }
    }
    System.out.println(changed + " files changed");
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String format(Formatter formatter, Path file, String source) {
    try {
      return formatter.formatSourceAndFixImports(source);
    } catch (FormatterException e) {
      throw new IllegalStateException(file + " does not parse: " + e.getMessage(), e);
    }
  }
}
