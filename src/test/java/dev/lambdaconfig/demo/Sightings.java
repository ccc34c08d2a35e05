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
 * Every version of every resource, as the API server's watch told of it: what lasts for half a
 * second only is not missed, as it would be by asking now and then.
 */
final class Sightings implements ResourceEventHandler<LambdaFunctionConfig>, AutoCloseable {

  static final String NAMESPACE = "default";

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(20);

  /** A version of a resource, and when it was told. */
  record Sighting(LambdaFunctionConfig resource, Instant at) {

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

  /** Is told of changes, once the story is over. */
  @FunctionalInterface
  interface Listener {
    /** {@code before} or {@code now} is null where there is none. */
    void changed(@Nullable LambdaFunctionConfig before, @Nullable LambdaFunctionConfig now);
  }

  private final List<Sighting> seen = new ArrayList<>();
  private @Nullable Listener listener;
  private @Nullable SharedIndexInformer<LambdaFunctionConfig> informer;

  static Sightings of(KubernetesClient client) {
    Sightings sightings = new Sightings();
    sightings.informer =
        client.resources(LambdaFunctionConfig.class).inNamespace(NAMESPACE).inform(sightings);
    return sightings;
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
      seen.add(new Sighting(now, Instant.now()));
    }
  }

  /** From now on changes are told, not collected. */
  synchronized void tell(Listener to) {
    seen.clear();
    listener = to;
  }

  /** Where {@link #await} is to begin. */
  synchronized int mark() {
    return seen.size();
  }

  /** The first sighting of a resource since a mark that holds, or a failure of the step. */
  Sighting await(int since, String name, String what, Predicate<Sighting> condition) {
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

  synchronized Optional<Sighting> first(int since, String name, Predicate<Sighting> condition) {
    return seen.subList(Math.min(since, seen.size()), seen.size()).stream()
        .filter(each -> each.name().equals(name) && condition.test(each))
        .findFirst();
  }

  /** The conditions of a resource as last seen, for a failure's message. */
  synchronized String last(String name) {
    return seen.reversed().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .map(each -> "Its conditions: " + told(each))
        .orElse("The resource was not seen at all.");
  }

  private static String told(Sighting sighting) {
    List<StatusCondition> conditions = sighting.status().conditions;
    StringBuilder told = new StringBuilder();
    for (StatusCondition each : conditions == null ? List.<StatusCondition>of() : conditions) {
      told.append(
          "\n%s=%s %s: %s".formatted(each.type(), each.status(), each.reason(), each.message()));
    }
    return told.isEmpty() ? "none" : told.toString();
  }

  @Override
  public void close() {
    if (informer != null) {
      informer.close();
    }
  }
}
