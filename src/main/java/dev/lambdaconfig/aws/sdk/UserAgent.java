package dev.lambdaconfig.aws.sdk;

import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ApiName;

/**
 * The part of a request's user agent after the SDK's own words: it names the resource that needs
 * the request. It stands at the end, so that a query for it can be exact, and CloudTrail shows it
 * (docs/aws.md#user-agent).
 */
final class UserAgent {

  private static final String PRODUCT = "lambda-config-operator";

  /** A namespace and a name of Kubernetes at their longest, and the slash between them. */
  private static final int LONGEST = 63 + 1 + 253;

  private static final char STAND_IN = '_';

  private UserAgent() {}

  /**
   * Adds to a request who needs it.
   *
   * @param requester a resource as {@code namespace/name}, or another short name; empty where
   *     nobody is known
   */
  static void add(AwsRequestOverrideConfiguration.Builder request, String requester) {
    if (!requester.isEmpty()) {
      request.addApiName(ApiName.builder().name(PRODUCT).version(sanitized(requester)).build());
    }
  }

  /** The same within bounds, and without what would end the word or the header. */
  static String sanitized(String requester) {
    int length = Math.min(requester.length(), LONGEST);
    StringBuilder changed = null;
    for (int i = 0; i < length; i++) {
      if (!isAllowed(requester.charAt(i))) {
        // The SDK takes such a name as it is.
        changed = changed == null ? new StringBuilder(requester) : changed;
        changed.setCharAt(i, STAND_IN);
      }
    }
    return changed == null ? requester.substring(0, length) : changed.substring(0, length);
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._/@".indexOf(c) >= 0;
  }
}
