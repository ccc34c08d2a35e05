package dev.lambdaconfig.build.image.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.lambdaconfig.build.image.debian.LockedPackage.Purpose;
import dev.lambdaconfig.build.image.layout.Digests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages from mirrors that have them, have lost them, or have another file in their place. */
final class PackageStoreTest {

  private static final byte[] CONTENT = "a package".getBytes(StandardCharsets.UTF_8);
  private static final String PATH = "pool/main/l/lib/lib_1.0+deb13u1_amd64.deb";
  private static final LockedPackage LIBRARY =
      new LockedPackage(
          "amd64", Purpose.BASE, "lib", "1.0+deb13u1", "debian", PATH, Digests.hex(CONTENT));

  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  @TempDir private Path folder = Path.of("");

  private HttpServer mirror = mirror();
  private String address = "";

  private HttpServer mirror() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start() {
    mirror.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            byte[] content = served.get(path);
            exchange.sendResponseHeaders(
                content == null ? 404 : 200, content == null ? -1 : content.length);
            if (content != null) {
              exchange.getResponseBody().write(content);
            }
          }
        });
    mirror.start();
    address = "http://127.0.0.1:" + mirror.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    mirror.stop(0);
  }

  private PackageStore store(boolean offline, String... mirrors) {
    return new PackageStore(folder.resolve("packages"), List.of(mirrors), offline);
  }

  @Test
  void aPackageIsDownloadedOnce() throws Exception {
    // Given
    served.put("/debian/" + PATH, CONTENT);

    // When
    Path file = store(false, address).get(LIBRARY, "20260101T000000Z");

    // Then
    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(store(true, address).get(LIBRARY, "20260101T000000Z")).isEqualTo(file);
    assertThat(asked).hasSize(1);
  }

  @Test
  void aPackageThatTheMirrorHasLostComesFromTheNextOne() throws Exception {
    // Given
    served.put("/archive/debian/20260101T000000Z/" + PATH, CONTENT);

    // When
    Path file =
        store(false, address, address + "/archive/{archive}/{time}/{path}")
            .get(LIBRARY, "20260101T000000Z");

    // Then
    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(asked).hasSize(2);
  }

  @Test
  void aPackageThatNoMirrorHasIsReportedWithTheCommandThatUpdatesTheLock() {
    assertThatThrownBy(() -> store(false, address).get(LIBRARY, "20260101T000000Z"))
        .hasMessageContainingAll(
            "lib 1.0+deb13u1 for amd64", "HTTP 404", "mvn -q -Pimage-lock", "-Dimage.mirrors=URL");
  }

  @Test
  void aFileWithAnotherDigestIsNeitherUsedNorKept() {
    // Given
    served.put("/debian/" + PATH, "something else".getBytes(StandardCharsets.UTF_8));

    // Then
    assertThatThrownBy(() -> store(false, address).get(LIBRARY, "20260101T000000Z"))
        .hasMessageContainingAll("SHA-256 is ", LIBRARY.sha256());
    assertThat(folder.resolve("packages")).isEmptyDirectory();
  }

  @Test
  void aKeptFileThatWasChangedIsDownloadedAgain() throws Exception {
    // Given
    served.put("/debian/" + PATH, CONTENT);
    Path file = store(false, address).get(LIBRARY, "20260101T000000Z");
    Files.writeString(file, "changed");

    // When
    Path again = store(false, address).get(LIBRARY, "20260101T000000Z");

    // Then
    assertThat(again).hasBinaryContent(CONTENT);
  }

  @Test
  void anOfflineBuildSaysWhatItLacks() {
    assertThatThrownBy(() -> store(true, address).get(LIBRARY, "20260101T000000Z"))
        .hasMessageContainingAll("lib 1.0+deb13u1 for amd64", "without -o");
    assertThat(asked).isEmpty();
  }

  @Test
  void theLockIsReadAsItWasWritten() throws Exception {
    // Given
    PackageLock lock = new PackageLock("20260101T000000Z", List.of(LIBRARY));

    // When
    lock.write(folder.resolve("packages.lock"));

    // Then
    assertThat(PackageLock.read(folder.resolve("packages.lock"))).isEqualTo(lock);
    assertThat(lock.of("arm64", Purpose.BASE)).isEmpty();
  }
}
