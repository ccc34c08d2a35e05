package dev.lambdaconfig.identity;

import dev.lambdaconfig.identity.account.IdentityKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Role session names: they tell CloudTrail on whose behalf a call was made. */
final class SessionName {

  /** AWS's limit (docs/aws.md#role-session-name). */
  private static final int LONGEST = 64;

  private static final int HASH = 8;

  /** The substitute for a ServiceAccount where the policy file assigns the role. */
  private static final String BY_POLICY = "policy";

  private SessionName() {}

  /** The name for an identity. */
  static String of(IdentityKey key) {
    return switch (key) {
      case IdentityKey.OfServiceAccount account ->
          of(account.namespace(), account.serviceAccount());
      case IdentityKey.OfRole role -> of(role.namespace(), BY_POLICY);
    };
  }

  /**
   * The name for a ServiceAccount: {@code namespace@name}, of which what is too long is replaced by
   * a hash, so that no two have the same one. Names of Kubernetes have only characters that AWS
   * allows.
   */
  static String of(String namespace, String serviceAccount) {
    String whole = namespace + "@" + serviceAccount;
    if (whole.length() <= LONGEST) {
      return whole;
    }
    return whole.substring(0, LONGEST - HASH - 1) + "." + hash(whole);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
