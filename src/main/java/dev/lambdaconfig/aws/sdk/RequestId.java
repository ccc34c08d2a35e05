package dev.lambdaconfig.aws.sdk;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponseMetadata;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * The ID that AWS gives a request. It is taken from a header, which is whatever an endpoint says.
 */
final class RequestId {

  /** The SDK's word for a response without one does not match. */
  private static final Pattern PLAUSIBLE = Pattern.compile("(?!UNKNOWN$)[A-Za-z0-9_.:=+/-]{1,128}");

  private RequestId() {}

  /** The ID in a response, or null. */
  static @Nullable String of(@Nullable AwsResponseMetadata metadata) {
    return metadata == null ? null : plausible(metadata.requestId());
  }

  /** The ID in the response that an exception stands for, or null where there was none. */
  static @Nullable String of(SdkException exception) {
    return exception instanceof SdkServiceException refused ? plausible(refused.requestId()) : null;
  }

  private static @Nullable String plausible(@Nullable String text) {
    return text != null && PLAUSIBLE.matcher(text).matches() ? text : null;
  }
}
