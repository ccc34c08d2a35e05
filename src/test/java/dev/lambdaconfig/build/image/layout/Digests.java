package dev.lambdaconfig.build.image.layout;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, as images and locks write it. */
public final class Digests {

  private Digests() {}

  /** Returns a digest to be fed. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the digest of some bytes in hexadecimal digits. */
  public static String hex(byte[] content) {
    return HexFormat.of().formatHex(sha256().digest(content));
  }

  /** Returns the digest of some bytes, as an image refers to them. */
  public static String of(byte[] content) {
    return "sha256:" + hex(content);
  }

  /** Returns the digest of what was fed, as an image refers to it, and resets it. */
  static String text(MessageDigest digest) {
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }
}
