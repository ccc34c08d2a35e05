package dev.lambdaconfig.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads binaries from a release index of the test. */
class EnvtestDownloadTest {

  @TempDir Path home;

  private final HttpServer site;
  private final URI root;

  EnvtestDownloadTest() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    root = URI.create("http://127.0.0.1:" + site.getAddress().getPort() + "/");
  }

  @BeforeEach
  void open() {
    site.start();
  }

  @AfterEach
  void close() {
    site.stop(0);
  }

  @Test
  void keepsBothProgramsOfTheReleaseClosestToTheWanted() throws Exception {
    // Given
    var archive = archive();
    serve("/a.tar.gz", archive);
    serve("/index.yaml", index(sha512(archive)));

    // When
    var step = attempt();

    // Then
    var folder = home.resolve(".cache/lambda-config-operator/apiserver/v1.34.1-linux-amd64");
    assertThat(step)
        .isEqualTo(
            new ProviderResult.Found(
                new Source.Binaries(folder, "downloaded binaries at " + folder)));
    assertThat(BinaryFolder.lacks(folder)).isEmpty();
    assertThat(folder.resolve("etcd")).hasContent("I am etcd");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void refusesAnArchiveWithAnotherChecksum() throws Exception {
    // Given
    serve("/a.tar.gz", archive());
    serve("/index.yaml", index("0".repeat(128)));

    // When
    var step = attempt();

    // Then
    assertThat(step)
        .isInstanceOfSatisfying(
            ProviderResult.Missing.class,
            missing -> assertThat(missing.reason()).contains("the release index says 0000"));
    assertThat(home.resolve(".cache/lambda-config-operator/apiserver/v1.34.1-linux-amd64"))
        .doesNotExist();
  }

  @Test
  void saysThatTheIndexIsNotThere() {
    assertThat(attempt())
        .isInstanceOfSatisfying(
            ProviderResult.Missing.class,
            missing -> assertThat(missing.reason()).contains("index.yaml answered 404"));
  }

  private ProviderResult attempt() {
    var host =
        new HostEnvironment(
            Map.of(),
            Map.of(),
            home,
            "linux",
            "amd64",
            machine -> new DockerProbe.Silent(""),
            root.resolve("index.yaml"));
    var cache = new BinaryCache(host.cacheFolder(), host.platform(), progress -> {});
    return new EnvtestDownload(host, cache, new Release(1, 34, 4), progress -> {}).attempt();
  }

  private void serve(String path, byte[] content) {
    site.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
          }
        });
  }

  private byte[] index(String hash) {
    return """
    releases:
      v1.33.9: {envtest-v1.33.9-linux-amd64.tar.gz: {hash: x, selfLink: "ROOTno"}}
      v1.34.0: {envtest-v1.34.0-linux-amd64.tar.gz: {hash: x, selfLink: "ROOTno"}}
      v1.34.1:
        envtest-v1.34.1-linux-amd64.tar.gz: {hash: "HASH", selfLink: "ROOTa.tar.gz"}
        envtest-v1.34.1-darwin-arm64.tar.gz: {hash: x, selfLink: "ROOTno"}
      v1.34.4: {envtest-v1.34.4-darwin-arm64.tar.gz: {hash: x, selfLink: "ROOTno"}}
      v1.35.0: {envtest-v1.35.0-linux-amd64.tar.gz: {hash: x, selfLink: "ROOTno"}}
    """
        .replace("ROOT", root.toString())
        .replace("HASH", hash)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] archive() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
      for (var name : List.of("etcd", "kubectl", "kube-apiserver", "../../escape/etcd2")) {
        var content = ("I am " + name).getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry("controller-tools/envtest/" + name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static String sha512(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(content));
  }
}
