package dev.lambdaconfig.kube.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands in for a value that must not be kept: equal values have equal seals, and nothing else can
 * be told from one. The key is made anew by each process, and never leaves it.
 */
public final class ValueFingerprint {

  private static final String ALGORITHM = "HmacSHA256";

  /** So many bytes that no two values of a fleet ever meet. */
  private static final int LENGTH = 12;

  private final SecretKey key;

  public ValueFingerprint() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, ALGORITHM);
  }

  public String of(String value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] code = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(code, LENGTH));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
