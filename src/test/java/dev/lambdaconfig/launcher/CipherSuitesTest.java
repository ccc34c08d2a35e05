package dev.lambdaconfig.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cipher suites that the operator offers, and what servers take of them. */
final class CipherSuitesTest {

  private static final String PASSWORD = "password";

  @TempDir private static Path folder = Path.of("");
  private static KeyStore certificate = empty();

  private static KeyStore empty() {
    try {
      return KeyStore.getInstance("PKCS12");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void createCertificate() throws Exception {
    Path file = folder.resolve("server.p12");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(
        List.of("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost"));
    command.addAll(List.of("-storepass", PASSWORD, "-keystore", file.toString()));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    try (InputStream content = Files.newInputStream(file)) {
      certificate.load(content, PASSWORD.toCharArray());
    }
  }

  @Test
  void chaChaIsOfferedFirstAndAllSuitesAreKnownToThisJava() throws Exception {
    assertThat(CipherSuites.offered()).first().asString().contains("CHACHA20_POLY1305");
    assertThat(context().getSupportedSSLParameters().getCipherSuites())
        .containsAll(CipherSuites.offered());
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.3, TLS_AES_128_GCM_SHA256",
    "TLSv1.3, TLS_AES_256_GCM_SHA384",
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
  })
  void aServerWithOneSuiteIsReached(String protocol, String suite) throws Exception {
    assertThat(negotiated(protocol, suite)).isEqualTo(suite);
  }

  @Test
  void aServerThatFollowsItsClientTakesChaCha() throws Exception {
    assertThat(
            negotiated(
                "TLSv1.3",
                "TLS_AES_256_GCM_SHA384",
                "TLS_AES_128_GCM_SHA256",
                "TLS_CHACHA20_POLY1305_SHA256"))
        .isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
  }

  /** The suite that a server with these takes of those that the operator offers. */
  private static String negotiated(String protocol, String... suites) throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (SSLServerSocket server =
        (SSLServerSocket) context().getServerSocketFactory().createServerSocket(0, 1, here)) {
      server.setEnabledProtocols(new String[] {protocol});
      server.setEnabledCipherSuites(suites);
      var parameters = server.getSSLParameters();
      parameters.setUseCipherSuitesOrder(false);
      server.setSSLParameters(parameters);
      CompletableFuture<Integer> answered = CompletableFuture.supplyAsync(() -> answer(server));
      try (SSLSocket client =
          (SSLSocket) context().getSocketFactory().createSocket(here, server.getLocalPort())) {
        client.setEnabledCipherSuites(CipherSuites.offered().toArray(String[]::new));
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isEqualTo(1);
        assertThat(answered.get()).isEqualTo(1);
        return client.getSession().getCipherSuite();
      }
    }
  }

  private static int answer(SSLServerSocket server) {
    try (var socket = server.accept()) {
      int read = socket.getInputStream().read();
      socket.getOutputStream().write(read);
      return read;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext context() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(certificate, PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = empty();
    trusted.load(null, null);
    trusted.setCertificateEntry("server", certificate.getCertificate("server"));
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return tls;
  }
}
