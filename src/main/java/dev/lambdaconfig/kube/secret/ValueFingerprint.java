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
 * The fingerprint of a value that must not be kept: equal values have equal fingerprints, and a
 * fingerprint reveals nothing else. Each process creates its own key, which never leaves it.
 */
public final class ValueFingerprint {

  private static final String ALGORITHM = "HmacSHA256";

  /** Number of bytes with which no two values of a fleet ever collide. */
  private static final int LENGTH = 12;

  private final SecretKey key;

  /** Creates fingerprints with a new random key. */
  public ValueFingerprint() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, ALGORITHM);
  }

  /** The fingerprint of a value: 96 bits of its HMAC-SHA256, in Base64 without padding. */
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
