package dev.lambdaconfig.controller.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.controller.InMemoryLambda;
import dev.lambdaconfig.controller.ownership.Claimants;
import dev.lambdaconfig.controller.ownership.Claims;
import dev.lambdaconfig.controller.resource.ResourceCache;
import dev.lambdaconfig.controller.resource.ResourceCaches;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.ResourceStates;
import dev.lambdaconfig.decision.OperatorMode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is made of the changes of resources, besides their reconcile. */
final class PeerEventSourceTest {

  private static final String RELEASE = "lambdaconfig.dev/resume-updates-at";

  private boolean leads = true;
  private final List<String> deleted = new ArrayList<>();
  private final ResourceStates states = new ResourceStates();
  private final ResourceCache cache = ResourceCaches.of();
  private final RateLimitedLambda lambda =
      new RateLimitedLambda(
          new InMemoryLambda(),
          new InMemoryLambda(),
          new CallLimits(14),
          System::nanoTime,
          RateLimitedLambda.Listeners.NONE);
  private final PeerEventSource peers =
      new PeerEventSource(
          new Claims(
              new Claimants(cache, OperatorMode.ENFORCE, ManagedResource.ALLOWED, lambda),
              lambda,
              new Claims.ClaimTriggers(uid -> {}, (uid, delay) -> {}, (delay, task) -> task.run()),
              System::nanoTime),
          cache,
          states,
          () -> leads,
          new PeerEventSource.Reactions(
              () -> {}, resource -> deleted.add(resource.getMetadata().getUid())));

  private boolean isReleaseRequested(String uid) {
    ResourceState state = states.find(uid);
    return state != null && state.takeReleaseRequest();
  }

  @Test
  void anotherResourceOfTheSameNameIsTheDeletionOfTheOneBefore() {
    // When: the watch was interrupted, and the list after it shows both changes as one
    peers.onResourceUpdated(resource("new", "1"), resource("old", null));

    // Then
    assertThat(deleted).containsExactly("old");
    assertThat(isReleaseRequested("new"))
        .as("a request that came with the resource is none")
        .isFalse();
  }

  @Test
  void andItIsReconciled() {
    // When
    UpdateFilter filter = new UpdateFilter((now, before) -> false);

    // Then
    assertThat(filter.accept(resource("new", null), resource("old", null))).isTrue();
    assertThat(filter.accept(resource("old", null), resource("old", null))).isFalse();
  }

  @Test
  void anOperatorThatStandsByTakesNoteOfNone() {
    // Given
    leads = false;

    // When
    peers.onResourceUpdated(resource("a", "1"), resource("a", null));

    // Then: it would come true days later, and let triggers through that nothing serves
    assertThat(states.find("a")).isNull();
  }

  @Test
  void aChangedAnnotationRequestsARelease() {
    // When
    peers.onResourceUpdated(resource("a", "1"), resource("a", null));
    peers.onResourceUpdated(resource("b", "2"), resource("b", "1"));
    peers.onResourceUpdated(resource("c", "1"), resource("c", "1"));
    peers.onResourceUpdated(resource("d", null), resource("d", "1"));
    peers.onResourceCreated(resource("e", "1"));

    // Then
    assertThat(Stream.of("a", "b", "c", "d", "e").filter(this::isReleaseRequested))
        .containsExactly("a", "b");
    assertThat(deleted).isEmpty();
  }

  private static LambdaFunctionConfig resource(String uid, @Nullable String release) {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withName("orders")
            .withNamespace("team-a")
            .withUid(uid)
            .withGeneration(1L)
            .withAnnotations(release == null ? Map.of() : Map.of(RELEASE, release))
            .build());
    return resource;
  }
}
