package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.resource.InMemoryCache;
import dev.lambdaconfig.controller.resource.ResourceCache;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.ResourceStates;
import dev.lambdaconfig.controller.trigger.RequeueTimer;
import dev.lambdaconfig.controller.trigger.WorkQueueAge;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import dev.lambdaconfig.kube.NoEvents;
import dev.lambdaconfig.kube.secret.BaselineCollector;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.status.InMemoryStatusStore;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is held for a resource, and freed when it goes. */
final class ResourceLifetimesTest {

  private final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  private final InMemoryStatusStore statuses = new InMemoryStatusStore();
  private final BaselineSecrets secrets =
      new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC());
  private final BaselineCollector collector =
      new BaselineCollector(kubernetes.client, secrets, Set.of());
  private final RequeueTimer timer = new RequeueTimer(new WorkQueueAge(() -> 0), System::nanoTime);
  private final Map<ResourceID, LambdaFunctionConfig> cached = new HashMap<>();
  private final ResourceStates states = new ResourceStates();
  private final List<String> unwatched = new ArrayList<>();
  private final List<ResourceID> values = new ArrayList<>();
  private final ResourceRelease release =
      new ResourceRelease(
          states,
          new ResourceRelease.Releases(unwatched::add, uid -> {}, uid -> {}, values::add),
          new CircuitBreakers(() -> 0, uid -> {}, new ChangeReporter(new NoEvents())),
          statuses,
          secrets);
  private final ResourceCache cache = new ResourceCache(ManagedResource.TARGETS);
  private final ResourceLifetimes lifetimes =
      new ResourceLifetimes(cache, states, release, collector::gone, timer::forget);
  private final LambdaFunctionConfig resource = new ManagedResource("{timeout: 9}").resource;
  private final String uid = resource.getMetadata().getUid();

  @BeforeEach
  void connect() {
    lifetimes.connect(new InMemoryCache(cached));
    cached.put(ResourceID.fromResource(resource), resource);
  }

  @AfterEach
  void close() {
    timer.stop();
    collector.close();
  }

  @Test
  void aResourceHasOneStateAsLongAsItExists() {
    // Given
    ResourceState state = lifetimes.state(resource);

    // When
    lifetimes.forgetIfGone(resource, state);

    // Then
    assertThat(lifetimes.state(resource)).isSameAs(state);
    assertThat(statuses.forgotten).isEmpty();
  }

  @Test
  void oneThatWentDuringItsReconcileIsForgottenAgain() {
    // Given
    ResourceState state = lifetimes.state(resource);
    cached.clear();

    // When
    lifetimes.forgetIfGone(resource, state);

    // Then
    assertThat(states.find(uid)).isNull();
    assertThat(statuses.forgotten).containsExactly(uid);
    assertThat(unwatched).containsExactly(uid);
  }

  @Test
  void soIsOneOfWhichAnotherHasTheNameNow() {
    // Given
    ResourceState state = lifetimes.state(resource);
    LambdaFunctionConfig successor = new ManagedResource("{timeout: 9}").resource;
    successor.getMetadata().setUid("uid-of-successor");
    cached.put(ResourceID.fromResource(successor), successor);
    lifetimes.state(successor);

    // When
    lifetimes.forgetIfGone(resource, state);

    // Then
    assertThat(states.find(uid)).isNull();
    assertThat(states.find("uid-of-successor")).isNotNull();
    assertThat(values).as("of the successor").isEmpty();
  }

  @Test
  void oneThatWasNeverReconciledIsForgottenToo() {
    // When
    lifetimes.forget(resource);

    // Then
    assertThat(statuses.forgotten).containsExactly(uid);
  }
}
