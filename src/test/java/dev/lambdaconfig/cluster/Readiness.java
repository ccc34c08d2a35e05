package dev.lambdaconfig.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Checks whether a starting server is ready, cheaply enough for many times a second. */
record Readiness(URI server, Path certificate, String token) {

  private static final Duration LIMIT = Duration.ofSeconds(3);

  /**
   * Checks readiness, including the namespace "default": the server creates it in the background,
   * at times after it reports to be ready.
   */
  boolean reached() throws InterruptedException {
    // kube-apiserver makes its certificate as it starts.
    if (!Files.exists(certificate)) {
      return false;
    }
    try (var http = HttpClient.newBuilder().sslContext(trusting()).connectTimeout(LIMIT).build()) {
      for (var path : List.of("/readyz", "/api/v1/namespaces/default")) {
        var request =
            HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", "Bearer " + token)
                .timeout(LIMIT)
                .build();
        if (http.send(request, BodyHandlers.discarding()).statusCode() != 200) {
          return false;
        }
      }
      return true;
    } catch (IOException | GeneralSecurityException e) {
      // Not listening yet, or the certificate is half written.
      return false;
    }
  }

  private SSLContext trusting() throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load((InputStream) null, null);
    try (var pem = Files.newInputStream(certificate)) {
      for (var each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("server-" + trusted.size(), each);
      }
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
