package dev.lambdaconfig.kube.secret;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.plan.Baseline;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ages at which a Secret with former variables that no status names is taken for what a process
 * left over. It may also be one that a status is about to name.
 *
 * @param clock the time to which ages are measured
 */
record BaselineAge(Clock clock) {

  /** Time after which the operator that kept variables has written their status. */
  private static final Duration SETTLING = Duration.ofMinutes(10);

  /** Age at which a Secret is created anew before a status names it. */
  private static final Duration RENEWAL = SETTLING.dividedBy(2);

  /**
   * Whether a collector, in whatever process, may take a Secret for left over before the status of
   * its resource names it. A new one has another resourceVersion than the collector has seen.
   */
  boolean isToBeRenewed(LambdaFunctionConfig resource, Secret secret) {
    return isUnnamed(resource.getStatus()) && isOlder(secret, RENEWAL);
  }

  /** Whether a Secret that no status names is old enough to be left over. */
  boolean isOfFormerProcess(Secret secret) {
    return isOlder(secret, SETTLING);
  }

  private boolean isOlder(Secret secret, Duration age) {
    String created = secret.getMetadata().getCreationTimestamp();
    return created != null && Instant.parse(created).plus(age).isBefore(clock.instant());
  }

  /** Whether a status names no Secret. */
  static boolean isUnnamed(@Nullable LambdaFunctionConfigStatus status) {
    return status == null || Baseline.of(status.baseline).secretName() == null;
  }
}
