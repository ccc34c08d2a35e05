package dev.lambdaconfig.aws.sdk.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of {@code AWS_CA_BUNDLE}, which are trusted besides those of the JVM. Java's SDK
 * does not read this variable; other AWS tools do.
 */
final class TrustBundle {

  private static final String VARIABLE = "AWS_CA_BUNDLE";

  private static final Logger LOG = LoggerFactory.getLogger(TrustBundle.class);

  /**
   * The bundle that was read last: each Region has a client, and all of them have the same trust.
   *
   * @param managers none if the file cannot be used
   */
  private record Read(String path, List<TrustManager> managers) {}

  private static @Nullable Read last;

  private TrustBundle() {}

  /**
   * The trust of connections to AWS, or null for the JVM's own. A file that cannot be used is told
   * once, and changes nothing: where no private authority is on the way, all works without it.
   */
  static synchronized TrustManager @Nullable [] of(Map<String, String> environment) {
    String path = environment.get(VARIABLE);
    if (path == null || path.isBlank()) {
      return null;
    }
    Read read = last;
    if (read == null || !read.path().equals(path)) {
      read = new Read(path, read(path));
      last = read;
    }
    return read.managers().isEmpty() ? null : read.managers().toArray(TrustManager[]::new);
  }

  private static List<TrustManager> read(String path) {
    try {
      Collection<? extends Certificate> bundle = certificates(Path.of(path));
      if (bundle.isEmpty()) {
        throw new CertificateException("it has no certificate");
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate certificate : bundle) {
        trusted.setCertificateEntry("bundle-" + trusted.size(), certificate);
      }
      for (X509Certificate certificate : trustedByTheJvm()) {
        trusted.setCertificateEntry("jvm-" + trusted.size(), certificate);
      }
      return List.of(managers(trusted));
    } catch (IOException | GeneralSecurityException | InvalidPathException e) {
      LOG.warn(
          "{}: '{}' is no readable PEM file of certificates ({}), and is left out: correct it, or"
              + " unset it",
          VARIABLE,
          path,
          e.toString());
      return List.of();
    }
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private static X509Certificate[] trustedByTheJvm() throws GeneralSecurityException {
    return Stream.of(managers(null))
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
        .toArray(X509Certificate[]::new);
  }

  private static TrustManager[] managers(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }
}
