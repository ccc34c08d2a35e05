package dev.lambdaconfig.build.image.debian;

import dev.lambdaconfig.build.image.debian.LockedPackage.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The packages of the base, pinned.
 *
 * @param time when they were the newest, as the archive of Debian's past writes a time
 */
public record PackageLock(String time, List<LockedPackage> packages) {

  private static final String TIME = "time ";

  private static final String HEADER =
      """
      # The Debian packages of the image: architecture, purpose, name, version, archive, path, SHA-256.
      # Written by mvn -q -Pimage-lock; docs/image.md.
      """;

  /** Reads it. */
  public static PackageLock read(Path file) throws IOException {
    String time = "";
    List<LockedPackage> packages = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(TIME)) {
        time = line.substring(TIME.length());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        packages.add(parse(file, line));
      }
    }
    return new PackageLock(time, List.copyOf(packages));
  }

  private static LockedPackage parse(Path file, String line) throws IOException {
    String[] words = line.split(" ", -1);
    if (words.length != 7) {
      throw new IOException(file + ": not seven words: " + line);
    }
    return new LockedPackage(
        words[0],
        Purpose.valueOf(words[1].toUpperCase(Locale.ROOT)),
        words[2],
        words[3],
        words[4],
        words[5],
        words[6]);
  }

  /** Writes it. */
  public void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append(TIME).append(time).append('\n');
    for (LockedPackage each : packages) {
      text.append(
          String.join(
              " ",
              each.architecture(),
              each.purpose().name().toLowerCase(Locale.ROOT),
              each.name(),
              each.version(),
              each.archive(),
              each.path(),
              each.sha256()));
      text.append('\n');
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Returns the packages for an architecture and a purpose. */
  public List<LockedPackage> of(String architecture, Purpose purpose) {
    return packages.stream()
        .filter(each -> each.architecture().equals(architecture) && each.purpose() == purpose)
        .toList();
  }
}
