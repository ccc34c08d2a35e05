package dev.lambdaconfig.kube.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The fingerprint of a value that must not be kept: equal values have equal fingerprints, and a
 * fingerprint reveals nothing else. Each process creates its own key, which never leaves it.
 * Thread-safe.
 */
public final class ValueFingerprint {

  private static final String ALGORITHM = "HmacSHA256";

  /** Number of bytes with which no two values of a fleet ever collide. */
  private static final int LENGTH = 12;

  /** Keyed once: looking up a MAC and giving it a key takes as long as the MAC of a value. */
  private final Mac mac;

  private final ReentrantLock lock = new ReentrantLock();

  /** Creates fingerprints with a new random key. */
  public ValueFingerprint() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    try {
      this.mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(random, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** The fingerprint of a value: 96 bits of its HMAC-SHA256, in Base64 without padding. */
  public String of(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    byte[] code;
    lock.lock();
    try {
      code = mac.doFinal(text);
    } finally {
      lock.unlock();
    }
    return Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(code, LENGTH));
  }
}
