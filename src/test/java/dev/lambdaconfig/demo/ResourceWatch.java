package dev.lambdaconfig.demo;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * All versions of all resources in the order of the API server's watch: a state that lasts for half
 * a second is not missed, as it would be by polling.
 */
final class ResourceWatch implements ResourceEventHandler<LambdaFunctionConfig>, AutoCloseable {

  static final String NAMESPACE = "default";

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(20);

  /**
   * A version of a resource.
   *
   * @param at when the watch delivered it
   */
  record Version(LambdaFunctionConfig resource, Instant at) {

    String name() {
      return resource.getMetadata().getName();
    }

    LambdaFunctionConfigStatus status() {
      return Objects.requireNonNullElseGet(resource.getStatus(), LambdaFunctionConfigStatus::new);
    }

    @Nullable StatusCondition condition(String type) {
      return Conditions.find(status().conditions, type);
    }

    boolean isReady() {
      return is(Conditions.READY, "True")
          && Objects.equals(status().observedGeneration, resource.getMetadata().getGeneration());
    }

    boolean is(String type, String status) {
      StatusCondition condition = condition(type);
      return condition != null && condition.status().equals(status);
    }
  }

  /** A listener to changes, once the story has ended. */
  @FunctionalInterface
  interface Listener {
    /**
     * Reports a change; {@code before} is null for a new resource, {@code now} for a deleted one.
     */
    void changed(@Nullable LambdaFunctionConfig before, @Nullable LambdaFunctionConfig now);
  }

  private final List<Version> seen = new ArrayList<>();
  private @Nullable Listener listener;
  private @Nullable SharedIndexInformer<LambdaFunctionConfig> informer;

  static ResourceWatch of(KubernetesClient client) {
    ResourceWatch watch = new ResourceWatch();
    watch.informer =
        client.resources(LambdaFunctionConfig.class).inNamespace(NAMESPACE).inform(watch);
    return watch;
  }

  @Override
  public void onAdd(LambdaFunctionConfig now) {
    add(null, now);
  }

  @Override
  public void onUpdate(LambdaFunctionConfig before, LambdaFunctionConfig now) {
    add(before, now);
  }

  @Override
  public void onDelete(LambdaFunctionConfig before, boolean unknown) {
    add(before, null);
  }

  private synchronized void add(
      @Nullable LambdaFunctionConfig before, @Nullable LambdaFunctionConfig now) {
    if (listener != null) {
      listener.changed(before, now);
    } else if (now != null) {
      seen.add(new Version(now, Instant.now()));
    }
  }

  /** Passes later changes to a listener instead of collecting them. */
  synchronized void forwardTo(Listener to) {
    seen.clear();
    listener = to;
  }

  /** The number of versions so far, from which {@link #await} begins. */
  synchronized int mark() {
    return seen.size();
  }

  /** The first version of a resource since a mark that meets the condition; else the step fails. */
  Version await(int since, String name, String what, Predicate<Version> condition) {
    try {
      return Awaitility.await()
          .atMost(LIMIT)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .until(() -> first(since, name, condition), Optional::isPresent)
          .orElseThrow();
    } catch (ConditionTimeoutException e) {
      throw new StepFailed(
          name + ": " + what + " was not seen within " + LIMIT.toSeconds() + " s. " + last(name));
    }
  }

  synchronized Optional<Version> first(int since, String name, Predicate<Version> condition) {
    return seen.subList(Math.min(since, seen.size()), seen.size()).stream()
        .filter(each -> each.name().equals(name) && condition.test(each))
        .findFirst();
  }

  /** The conditions of the last version of a resource, for the message of a failure. */
  synchronized String last(String name) {
    return seen.reversed().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .map(each -> "Its conditions: " + conditions(each))
        .orElse("The resource was not seen at all.");
  }

  private static String conditions(Version version) {
    List<StatusCondition> conditions = version.status().conditions;
    StringBuilder text = new StringBuilder();
    for (StatusCondition each : conditions == null ? List.<StatusCondition>of() : conditions) {
      text.append(
          "\n%s=%s %s: %s".formatted(each.type(), each.status(), each.reason(), each.message()));
    }
    return text.isEmpty() ? "none" : text.toString();
  }

  @Override
  public void close() {
    if (informer != null) {
      informer.close();
    }
  }
}
