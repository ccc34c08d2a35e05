package dev.lambdaconfig.cli.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key and a certificate for the loopback, made by the JDK's own tool for one rehearsal: without
 * TLS a good part of a start would not be rehearsed.
 */
final class RehearsalKey {

  /**
   * The password of the key store. It protects nothing: the file is deleted after the rehearsal.
   */
  private static final String PASSWORD = "rehearsal";

  private static final String ALIAS = "rehearsal";

  private final Path file;
  private final KeyStore store;

  private RehearsalKey(Path file, KeyStore store) {
    this.file = file;
    this.store = store;
  }

  /** Creates a key and its certificate in a folder. */
  static RehearsalKey create(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path file = folder.resolve("rehearsal.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=rehearsal",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("the JDK's keytool created no key: " + said);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(file)) {
      store.load(content, PASSWORD.toCharArray());
    }
    return new RehearsalKey(file, store);
  }

  /** Returns the TLS context of the stand-ins. */
  SSLContext server() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Returns the certificate as base64 of PEM, as in a kubeconfig. */
  String certificateData() throws GeneralSecurityException {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(store.getCertificate(ALIAS).getEncoded());
    String pem = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Makes the certificate trusted by all clients of this JVM that have no trust store of their own.
   */
  void trust() {
    System.setProperty("javax.net.ssl.trustStore", file.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
  }
}
