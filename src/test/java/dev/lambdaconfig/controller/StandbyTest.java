package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.authorization.PolicyException;
import dev.lambdaconfig.controller.trigger.PeerEventSource;
import dev.lambdaconfig.controller.trigger.RequeueTimer;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator that stands by, and wins the election. */
final class StandbyTest {

  private final InMemoryController controller = new InMemoryController();
  private final RequeueTimer timer = controller.eventSource(RequeueTimer.class);
  private final BlockingQueue<ResourceID> triggered = new LinkedBlockingQueue<>();
  private final LambdaFunctionConfig orders = create("orders");
  private final LambdaFunctionConfig mail = create("mail");

  private LambdaFunctionConfig create(String name) {
    controller.aws.create(name, "{Timeout: 3}");
    return controller.create("team", name, "{functionName: " + name + ", timeout: 9}");
  }

  @BeforeEach
  void standBy() {
    controller.leads = false;
    timer.setEventHandler(this::trigger);
    controller.eventSource(PeerEventSource.class).setEventHandler(this::trigger);
    timer.start();
  }

  @AfterEach
  void stop() {
    timer.stop();
    controller.module.close();
  }

  private void trigger(Event event) {
    triggered.add(event.getRelatedCustomResourceID());
  }

  @Test
  void itsReconcileDoesNothingAndServesItsTrigger() {
    // Given
    timer.trigger(id(orders));

    // When
    controller.reconcile(orders);

    // Then
    assertThat(controller.aws.updates).isEmpty();
    assertThat(controller.isReported(orders)).isFalse();
    controller.pass(Duration.ofHours(1));
    assertThat(controller.view.longestNotBegun()).isZero();
    assertThat(controller.view.longestRunningReconcile()).isZero();
  }

  @Test
  void whatWasTriggeredJustBeforeItLeadsIsTriggeredAgain() {
    // Given
    timer.trigger(id(orders));
    controller.reconcile(orders);
    triggered.clear();

    // When
    controller.leads = true;
    controller.module.lead();

    // Then
    awaitTriggered(orders, mail);
  }

  @Test
  void oneThatCannotBeTriggeredCostsNoOtherItsReconcile() {
    // Given
    timer.setEventHandler(
        event -> {
          if (event.getRelatedCustomResourceID().equals(id(orders))) {
            throw new IllegalStateException("refused");
          }
          trigger(event);
        });
    LambdaFunctionConfig ledger = create("ledger");

    // When
    controller.leads = true;
    controller.module.lead();

    // Then: and the elector hears of no failure
    awaitTriggered(mail, ledger);
  }

  @Test
  void theBaselinesOfWhatWasDeletedMeanwhileAreLookedFor() {
    // Given
    assertThat(controller.refused).isEmpty();

    // When
    controller.leads = true;
    controller.module.lead();

    // Then
    Awaitility.await("a list of baselines").until(() -> controller.refused.contains("secrets"));
  }

  @Test
  void aChangeOfThePolicyTriggersNothing() throws PolicyException {
    // Given: it has led, so that it knows the resource
    controller.leads = true;
    controller.reconcile(orders);
    controller.leads = false;
    controller.policy = Policy.parse("rules: []");

    // When
    controller.module.policyChanged(Policy.ALLOW_ALL);

    // Then
    assertThat(triggered).isEmpty();

    // When
    controller.leads = true;
    controller.module.policyChanged(Policy.ALLOW_ALL);

    // Then
    assertThat(triggered).contains(id(orders));
  }

  @Test
  void theSuccessorOfADeletedResourceIsLookedForAlsoThen() {
    // Given: the framework forgets what happened to the name by the end of the reconcile
    controller.delete(orders);
    LambdaFunctionConfig successor = create("orders");

    // When
    controller.reconcileDeleted(orders);

    // Then
    awaitTriggered(successor);
  }

  private static ResourceID id(LambdaFunctionConfig resource) {
    return ResourceID.fromResource(resource);
  }

  private void awaitTriggered(LambdaFunctionConfig... resources) {
    List<ResourceID> expected = List.of(resources).stream().map(StandbyTest::id).toList();
    Awaitility.await("triggers").until(() -> triggered.containsAll(expected));
  }
}
