package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.rollout.ConcurrencyGate;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.ResourceStates;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import dev.lambdaconfig.kube.NoEvents;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.status.InMemoryStatusStore;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is freed of a resource that is left alone, and of one that is gone. */
final class ResourceReleaseTest {

  private final InMemoryStatusStore statuses = new InMemoryStatusStore();
  private final ResourceStates states = new ResourceStates();
  private final List<String> unwatched = new ArrayList<>();
  private final List<ResourceID> values = new ArrayList<>();
  private final List<LambdaFunctionConfig> claims = new ArrayList<>();
  private final List<String> identities = new ArrayList<>();
  private Runnable onClock = () -> {};
  private final CircuitBreakers breakers =
      new CircuitBreakers(this::nanos, uid -> {}, new ChangeReporter(new NoEvents()));
  private final BaselineSecrets secrets =
      new BaselineSecrets(new InMemoryKubernetes().client, "operator", Clock.systemUTC());
  private final ResourceRelease release =
      new ResourceRelease(
          states,
          new ResourceRelease.Releases(unwatched::add, claims::add, identities::add, values::add),
          breakers,
          statuses,
          secrets);
  private final ManagedResource resource = new ManagedResource("{timeout: 9}");
  private final ResourceState state = states.of(resource.resource);

  @Test
  void nothingIsKnownOfAFunctionThatIsLeftAloneAndTheResourceStays() {
    // Given
    state.observe(seen -> seen.judged(DesiredVersion.of(1)));
    state.drifted(1, true);

    // When
    release.unwatch(state);

    // Then
    assertThat(unwatched).containsExactly(resource.uid());
    assertThat(claims).as("a claim outlives reads that end").isEmpty();
    assertThat(values).containsExactly(state.id());
    assertThat(identities).isEmpty();
    assertThat(state.observation().isNever()).isTrue();
    assertThat(state.drift()).isNull();
    assertThat(states.find(resource.uid())).isSameAs(state);
    assertThat(statuses.forgotten).isEmpty();
  }

  @Test
  void nothingIsHeldForAResourceThatIsGone() {
    // Given
    secrets.keep(resource.resource, Map.of(), false);
    breakers.notSent(resource.reconciliation(), resource.planned("{Timeout: 3}"));
    assertThat(regions()).containsExactly("eu-west-1");

    // When
    release.forget(resource.resource, resource.state);

    // Then
    assertThat(unwatched).containsExactly(resource.uid());
    assertThat(claims).containsExactly(resource.resource);
    assertThat(identities).containsExactly(resource.uid());
    assertThat(values).as("of a name that can be another one's by now").isEmpty();
    assertThat(states.find(resource.uid())).isNull();
    assertThat(statuses.forgotten).containsExactly(resource.uid());
    assertThat(secrets.isKept(resource.uid())).isFalse();
    assertThat(regions()).isEmpty();
  }

  @Test
  void anUpdateThatIsRecordedWhileItsResourceGoesIsForgottenAfterTheReconcile() {
    // Given: the watch loses the resource while the reconcile takes a place for its update
    ManagedResource other = new ManagedResource("team-b", "other", "{timeout: 9}");
    breakers.notSent(other.reconciliation(), other.planned("{Timeout: 3}"));
    onClock = () -> release.forget(resource.resource, resource.state);

    // When
    new ConcurrencyGate(breakers)
        .check(resource.reconciliation(), resource.planned("{Timeout: 3}"));

    // Then
    assertThat(sizeOf("NamespaceUpdates.resources")).isEqualTo(2);
    release.forget(resource.resource, resource.state);
    assertThat(sizeOf("NamespaceUpdates.resources")).isEqualTo(1);
    assertThat(sizeOf("ConcurrencyLimit.going")).isZero();
  }

  private long sizeOf(String collection) {
    StateSizes sizes = new StateSizes();
    breakers.sizes(sizes);
    return sizes.byName().getOrDefault(collection, 0L);
  }

  private long nanos() {
    Runnable once = onClock;
    onClock = () -> {};
    once.run();
    return 0;
  }

  private List<String> regions() {
    List<String> regions = new ArrayList<>();
    breakers.show((region, all, namespaces) -> regions.add(region));
    return regions;
  }
}
