package dev.lambdaconfig.controller.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.Observation;
import dev.lambdaconfig.controller.state.ResourceState;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Triggers by the UID of a resource, which may be gone. */
final class ResourceTriggerTest {

  private final TriggeredResources resources = new TriggeredResources();

  @AfterEach
  void close() {
    resources.close();
  }

  @Test
  void aResourceIsTriggeredByItsName() {
    // Given
    ResourceState state = resources.states.of(resources.resource.resource);

    // When
    resources.trigger.trigger(state.uid());

    // Then
    assertThat(resources.triggered).containsExactly(state.id());
  }

  @Test
  void oneThatIsGoneIsLeftOut() {
    // Given
    ResourceState state = resources.states.of(resources.resource.resource);
    resources.states.forget(state.uid());

    // When
    resources.trigger.trigger(state.uid());
    resources.trigger.triggerAfter(state.uid(), gone -> gone.observe(Observation::stale));

    // Then
    assertThat(resources.triggered).isEmpty();
    assertThat(state.observation()).isSameAs(Observation.NEVER);
    assertThat(resources.states.find(state.uid())).isNull();
  }

  @Test
  void theFrameworkIsCalledWithoutTheLockOfAnyState() throws InterruptedException {
    // Given
    ResourceState state = resources.states.of(resources.resource.resource);
    CountDownLatch forgotten = new CountDownLatch(1);
    resources.timer.setEventHandler(
        event -> {
          // As where the framework has its own lock, and another thread holds the state's.
          Thread.ofVirtual()
              .start(
                  () -> {
                    resources.states.forget(state.uid());
                    forgotten.countDown();
                  });
          try {
            assertThat(forgotten.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });

    // When
    resources.trigger.trigger(state.uid());

    // Then
    assertThat(forgotten.getCount()).isZero();
  }

  @Test
  void whatIsToBeDoneBeforeIsDoneBefore() {
    // Given
    ResourceState state = resources.states.of(resources.resource.resource);

    // When
    resources.trigger.triggerAfter(
        state.uid(), changed -> assertThat(resources.triggered).isEmpty());

    // Then
    assertThat(resources.triggered).containsExactly(state.id());
  }

  @Test
  void aScheduledReconcileIsTriggeredWhenItIsDue() throws InterruptedException {
    // Given
    ResourceState state = resources.states.of(resources.resource.resource);

    // When
    resources.trigger.scheduleAtTheLatest(state.uid(), Duration.ofMillis(1));

    // Then
    assertThat(resources.triggered.poll(30, TimeUnit.SECONDS)).isEqualTo(state.id());
  }
}
