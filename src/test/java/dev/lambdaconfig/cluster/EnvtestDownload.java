package dev.lambdaconfig.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Provides the official binaries for controller tests, from the release index of controller-tools.
 *
 * <p>It does not use io.fabric8:kube-api-test, which reads the same index: that does not compare
 * checksums, has no time limit, and leaves a half-written folder that it later takes for a complete
 * one.
 */
record EnvtestDownload(
    HostEnvironment host, BinaryCache cache, Release wanted, Consumer<String> progress)
    implements ServerProvider {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(4);
  private static final Duration INDEX_LIMIT = Duration.ofSeconds(10);
  private static final Duration ARCHIVE_LIMIT = Duration.ofSeconds(90);

  @Override
  public String name() {
    return "official download";
  }

  @Override
  public Speed speed() {
    return Speed.SECONDS_ONLY;
  }

  @Override
  public String remedy() {
    return "let this machine reach " + host.releaseIndex();
  }

  @Override
  public ProviderResult attempt() {
    try (var http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_LIMIT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      var body = get(http, host.releaseIndex(), BodyHandlers.ofString(), INDEX_LIMIT);
      var archives = archives(new YAMLMapper().readTree(body), host.platform());
      var best =
          archives.stream().max(Comparator.comparing(Archive::release, Release.closestTo(wanted)));
      if (best.isEmpty()) {
        return new ProviderResult.Missing("the release index has nothing for " + host.platform());
      }
      var archive = best.get();
      var folder = cache.obtain(archive.release(), empty -> fetch(http, archive, empty));
      return new ProviderResult.Found(
          new Source.Binaries(folder, "downloaded binaries at " + folder));
    } catch (IOException e) {
      return new ProviderResult.Missing(host.releaseIndex().getHost() + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ProviderResult.Missing("interrupted");
    }
  }

  record Archive(Release release, URI link, String sha512) {}

  static List<Archive> archives(JsonNode index, String platform) {
    var archives = new ArrayList<Archive>();
    for (var release : index.path("releases").properties()) {
      var file = "envtest-" + release.getKey() + "-" + platform + ".tar.gz";
      var entry = release.getValue().path(file);
      if (entry.hasNonNull("selfLink") && entry.hasNonNull("hash")) {
        Release.parse(release.getKey())
            .filter(parsed -> parsed.compareTo(Release.OLDEST_USABLE) >= 0)
            .map(
                parsed ->
                    new Archive(
                        parsed,
                        URI.create(entry.path("selfLink").asText()),
                        entry.path("hash").asText()))
            .ifPresent(archives::add);
      }
    }
    return archives;
  }

  private void fetch(HttpClient http, Archive archive, Path folder)
      throws IOException, InterruptedException {
    progress.accept("downloading kube-apiserver " + archive.release() + " and etcd");
    var file = folder.resolve("archive.tar.gz");
    get(http, archive.link(), BodyHandlers.ofFile(file), ARCHIVE_LIMIT);
    var actual = sha512(file);
    if (!actual.equals(archive.sha512())) {
      throw new IOException(
          "%s has SHA-512 %s, the release index says %s"
              .formatted(archive.link(), actual, archive.sha512()));
    }
    unpack(file, folder);
    Files.delete(file);
  }

  private static void unpack(Path file, Path folder) throws IOException {
    try (var tar =
        new TarArchiveInputStream(new GzipCompressorInputStream(Files.newInputStream(file)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        // Only the last part of the name is used: an archive cannot write outside the folder.
        var name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (name.equals(BinaryFolder.API_SERVER) || name.equals(BinaryFolder.ETCD)) {
          var target = folder.resolve(name);
          Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
          if (!target.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + target + " executable");
          }
        }
      }
    }
  }

  private static String sha512(Path file) throws IOException {
    try (var in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-512"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A limit over the whole exchange: that of {@link HttpRequest} ends with the headers. */
  private static <T> T get(
      HttpClient http, URI uri, HttpResponse.BodyHandler<T> handler, Duration limit)
      throws IOException, InterruptedException {
    var exchange = http.sendAsync(HttpRequest.newBuilder(uri).build(), handler);
    try {
      var response = exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException(uri + " answered " + response.statusCode());
      }
      return response.body();
    } catch (TimeoutException e) {
      throw new IOException(uri + " took longer than " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      exchange.cancel(true);
    }
  }
}
