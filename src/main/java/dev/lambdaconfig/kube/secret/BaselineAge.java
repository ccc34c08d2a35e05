package dev.lambdaconfig.kube.secret;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.decision.history.UpdateHistory;
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
    return isUnneeded(resource.getStatus()) && isOlder(secret, RENEWAL);
  }

  /**
   * Whether a Secret is left over: the update that it was created for was refused, and the process
   * ended before it could delete it.
   */
  boolean isLeftOver(LambdaFunctionConfig resource, Secret secret) {
    return isUnneeded(resource.getStatus()) && isOlder(secret, SETTLING);
  }

  private boolean isOlder(Secret secret, Duration age) {
    String created = secret.getMetadata().getCreationTimestamp();
    return created != null && Instant.parse(created).plus(age).isBefore(clock.instant());
  }

  /**
   * Whether a status says that no Secret is needed. One without history can have been wiped, and
   * proves nothing.
   */
  private static boolean isUnneeded(@Nullable LambdaFunctionConfigStatus status) {
    return status != null
        && Baseline.of(status.baseline).secretName() == null
        && status.history != null
        && !status.history.isEmpty()
        && !UpdateHistory.of(status).isOpen();
  }
}
