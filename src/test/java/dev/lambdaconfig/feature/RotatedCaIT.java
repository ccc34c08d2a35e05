package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.kube.lists.StreamedLists;
import dev.lambdaconfig.ops.ServerTrust;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/** A client that was started with another CA than that of the API server's certificate. */
final class RotatedCaIT {

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger lost = new AtomicInteger();
  private final ServerTrust trust = new ServerTrust(nanos::get, lost::incrementAndGet);

  @Test
  void theFailureOfItsRequestsIsKnownAsOneOfTrust() throws Exception {
    // Given
    Config config = ApiServer.shared().client().getConfiguration();
    try (KubernetesClient client = client(config)) {
      assertThat(client.getKubernetesVersion()).isNotNull();
    }
    // The packaged operator has the same limit of retries.
    Config rotated =
        new ConfigBuilder(config)
            .withTrustCerts(false)
            .withCaCertFile(null)
            .withCaCertData(anotherCa())
            .withRequestRetryBackoffLimit(2)
            .build();
    try (KubernetesClient client = client(rotated)) {
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(client::getKubernetesVersion);
      assertThat(lost).hasValue(0);

      // When
      nanos.addAndGet(Duration.ofMinutes(6).toNanos());

      // Then
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(client::getKubernetesVersion);
      assertThat(lost).hasValue(1);
    }
  }

  private KubernetesClient client(Config config) {
    return new StreamedLists()
        .builder(http -> http.addOrReplaceInterceptor(ServerTrust.NAME, trust))
        .withConfig(config)
        .build();
  }

  /** A certificate that the API server does not have. */
  private static String anotherCa() throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    X509Certificate any =
        ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[0];
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(any.getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
