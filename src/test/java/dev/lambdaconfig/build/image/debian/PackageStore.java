package dev.lambdaconfig.build.image.debian;

import dev.lambdaconfig.build.image.layout.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Packages as files, downloaded once and kept by their digest. A file whose digest is another one
 * is never used.
 */
public final class PackageStore {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Path folder;
  private final List<String> mirrors;
  private final boolean offline;

  /**
   * Creates a store.
   *
   * @param folder where the files are kept
   * @param mirrors addresses with {@code {archive}}, {@code {path}} and maybe {@code {time}}, in
   *     the order in which they are tried
   * @param offline whether to make do with what is there
   */
  public PackageStore(Path folder, List<String> mirrors, boolean offline) {
    this.folder = folder;
    this.mirrors = List.copyOf(mirrors);
    this.offline = offline;
  }

  /** Returns the file of a package, which has the pinned digest. */
  public Path get(LockedPackage wanted, String time) throws IOException, InterruptedException {
    Path file = folder.resolve(wanted.sha256() + ".deb");
    if (Files.exists(file) && Digests.hex(Files.readAllBytes(file)).equals(wanted.sha256())) {
      return file;
    }
    if (offline) {
      throw new IOException(
          wanted + " is not in " + folder + ": build the image once without -o, which fetches it");
    }
    Files.createDirectories(folder);
    List<String> tried = new ArrayList<>();
    try (HttpClient http = client()) {
      for (String mirror : mirrors) {
        URI address = address(mirror, wanted, time);
        String problem = download(http, address, wanted, file);
        if (problem.isEmpty()) {
          return file;
        }
        tried.add(address + ": " + problem);
      }
    }
    throw new IOException(
        """
        could not get %s:
          %s
        A mirror keeps the newest version only. Run "mvn -q -Pimage-lock", look at what it changes in the \
        lock, and commit that; or name a mirror that has this version with -Dimage.mirrors=URL[,URL].\
        """
            .formatted(wanted, String.join("\n  ", tried)));
  }

  static HttpClient client() {
    return HttpClient.newBuilder()
        .followRedirects(Redirect.NORMAL)
        .connectTimeout(CONNECT_LIMIT)
        .build();
  }

  static URI address(String mirror, LockedPackage wanted, String time) {
    String template = mirror.contains("{path}") ? mirror : mirror + "/{archive}/{path}";
    return URI.create(
        template
            .replace("{archive}", wanted.archive())
            .replace("{time}", time)
            .replace("{path}", wanted.path().replace("+", "%2B")));
  }

  /** Returns why that failed, or an empty text. */
  private static String download(HttpClient http, URI address, LockedPackage wanted, Path file)
      throws InterruptedException {
    try {
      var response =
          http.send(
              HttpRequest.newBuilder(address).timeout(LIMIT).build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          return "HTTP " + response.statusCode();
        }
        byte[] content = body.readAllBytes();
        String digest = Digests.hex(content);
        if (!digest.equals(wanted.sha256())) {
          return "SHA-256 is " + digest + ", and the lock has " + wanted.sha256();
        }
        // Aside: another build may read it at this moment.
        Path part = Files.createTempFile(file.getParent(), "package", ".part");
        Files.write(part, content);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return "";
      }
    } catch (IOException e) {
      return e.toString();
    }
  }
}
