package dev.lambdaconfig.aws.sdk;

import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** The Regions that the AWS SDK knows. */
public final class SdkRegions {

  private SdkRegions() {}

  /** The Regions in which services can be called: {@code aws-global} and its like are none. */
  public static Set<String> all() {
    return Holder.ALL;
  }

  /**
   * The partition of a Region.
   *
   * @param id as in ARNs, such as {@code aws-cn}
   * @param dnsSuffix the end of its endpoints, such as {@code amazonaws.com.cn}
   */
  public record Partition(String id, String dnsSuffix) {}

  /** The partition of a Region, known or not: the SDK recognizes it by the form of the name. */
  public static Partition partition(String region) {
    PartitionMetadata metadata = PartitionMetadata.of(Region.of(region));
    return new Partition(
        Objects.requireNonNull(metadata.id()), Objects.requireNonNull(metadata.dnsSuffix()));
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
