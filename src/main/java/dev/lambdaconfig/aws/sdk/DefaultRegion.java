package dev.lambdaconfig.aws.sdk;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/** The Region that the environment gives for functions whose resource names none. */
public final class DefaultRegion {

  private DefaultRegion() {}

  /**
   * The Region of {@code AWS_REGION} or of the profile, or null. The instance metadata service is
   * not asked: outside EC2 it costs seconds to learn nothing. A profile that cannot be read names
   * none; the first client reports it.
   */
  public static @Nullable String fromEnvironment() {
    AwsRegionProvider chain =
        new AwsRegionProviderChain(
            new SystemSettingsRegionProvider(), new AwsProfileRegionProvider());
    try {
      Region region = chain.getRegion();
      return region == null ? null : region.id();
    } catch (SdkClientException e) {
      // The chain throws where nothing names a Region, which is no error until a resource needs it.
      return null;
    }
  }
}
