package dev.lambdaconfig.aws.sdk;

import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/** The Regions that the AWS SDK knows. */
public final class SdkRegions {

  private SdkRegions() {}

  /** The Regions in which services can be called: {@code aws-global} and its like are none. */
  public static Set<String> all() {
    return Holder.ALL;
  }

  /** Loaded with the first use: an operator with {@code --regions} needs none of it. */
  private static final class Holder {

    static final Set<String> ALL =
        Region.regions().stream()
            .filter(Predicate.not(Region::isGlobalRegion))
            .map(Region::id)
            .map(Objects::requireNonNull)
            .collect(Collectors.toUnmodifiableSet());
  }
}
