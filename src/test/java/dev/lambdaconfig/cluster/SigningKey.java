package dev.lambdaconfig.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** The key that signs ServiceAccount tokens, as the two PEM files kube-apiserver wants. */
final class SigningKey {

  static final String PRIVATE = "service-accounts.key";
  static final String PUBLIC = "service-accounts.pub";

  private SigningKey() {}

  static void create(Path folder) throws IOException {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      write(folder.resolve(PRIVATE), "PRIVATE KEY", pair.getPrivate().getEncoded());
      write(folder.resolve(PUBLIC), "PUBLIC KEY", pair.getPublic().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, String kind, byte[] content) throws IOException {
    var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(kind, lines.encodeToString(content), kind));
  }
}
