package dev.lambdaconfig.build.image.debian;

import dev.lambdaconfig.build.image.debian.LockedPackage.Purpose;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Pins the newest version of each package that the image takes from Debian. */
public final class UpdatePackageLock {

  private static final String RELEASE = "trixie";

  private static final List<String> ARCHITECTURES = List.of("amd64", "arm64");

  /** Packages by purpose: a library of glibc, and what it depends on; certificates; os-release. */
  private static final Map<Purpose, List<String>> NAMES =
      Map.of(
          Purpose.BASE,
          List.of("base-files", "ca-certificates", "gcc-14-base", "libc6", "libgcc-s1"),
          Purpose.RUNTIME,
          List.of("libstdc++6", "zlib1g"),
          Purpose.JMODS,
          List.of("openjdk-25-jdk-headless"));

  /** A part of Debian's archive. */
  private record Suite(String archive, String name) {}

  private static final List<Suite> SUITES =
      List.of(
          new Suite("debian", RELEASE),
          new Suite("debian", RELEASE + "-updates"),
          new Suite("debian-security", RELEASE + "-security"));

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private UpdatePackageLock() {}

  /**
   * Writes the lock.
   *
   * @param args the file of the lock, and the mirror
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path file = Path.of(args[0]);
    String time = TIME.format(Instant.now());
    List<LockedPackage> packages = new ArrayList<>();
    try (HttpClient http = PackageStore.client()) {
      for (String architecture : ARCHITECTURES) {
        Map<String, LockedPackage> newest = new HashMap<>();
        for (Suite suite : SUITES) {
          read(http, args[1], suite, architecture, newest);
        }
        for (Purpose purpose : Purpose.values()) {
          for (String name : NAMES.getOrDefault(purpose, List.of())) {
            LockedPackage found = newest.get(name);
            if (found == null) {
              throw new IOException(
                  "Debian " + RELEASE + " has no " + name + " for " + architecture);
            }
            packages.add(found);
          }
        }
      }
    }
    new PackageLock(time, packages).write(file);
  }

  private static void read(
      HttpClient http,
      String mirror,
      Suite suite,
      String architecture,
      Map<String, LockedPackage> newest)
      throws IOException, InterruptedException {
    URI index =
        URI.create(
            "%s/%s/dists/%s/main/binary-%s/Packages.xz"
                .formatted(mirror, suite.archive(), suite.name(), architecture));
    var response = http.send(HttpRequest.newBuilder(index).build(), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException(index + ": HTTP " + response.statusCode());
      }
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  XZCompressorInputStream.builder()
                      .setInputStream(body)
                      .setDecompressConcatenated(true)
                      .get(),
                  StandardCharsets.UTF_8));
      Map<String, String> paragraph = new HashMap<>();
      String line;
      while ((line = lines.readLine()) != null) {
        int colon = line.indexOf(": ");
        if (line.isEmpty()) {
          take(paragraph, suite, architecture, newest);
          paragraph.clear();
        } else if (colon > 0 && !line.startsWith(" ")) {
          paragraph.put(line.substring(0, colon), line.substring(colon + 2));
        }
      }
      take(paragraph, suite, architecture, newest);
    }
  }

  private static void take(
      Map<String, String> paragraph,
      Suite suite,
      String architecture,
      Map<String, LockedPackage> newest) {
    String name = paragraph.getOrDefault("Package", "");
    for (Map.Entry<Purpose, List<String>> purpose : NAMES.entrySet()) {
      if (purpose.getValue().contains(name)) {
        LockedPackage found =
            new LockedPackage(
                architecture,
                purpose.getKey(),
                name,
                paragraph.getOrDefault("Version", ""),
                suite.archive(),
                paragraph.getOrDefault("Filename", ""),
                paragraph.getOrDefault("SHA256", ""));
        newest.merge(name, found, UpdatePackageLock::newer);
      }
    }
  }

  private static LockedPackage newer(LockedPackage one, LockedPackage other) {
    return new DebianVersion(other.version()).compareTo(new DebianVersion(one.version())) > 0
        ? other
        : one;
  }
}
