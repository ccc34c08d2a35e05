package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.simulator.FaultScript;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The resource that is deleted, its function, and what the operator holds of it. */
final class DeletedResource {

  static final String NAME = "orders-config";
  static final String FUNCTION = "orders";
  static final String REFUSED = "InvalidParameterValueException";

  /** Sooner than anything that is held expires by itself. */
  private static final Duration AT_ONCE = Duration.ofSeconds(60);

  private final OperatorExtension operator;
  private final ResourceClient resources;

  private @Nullable LambdaFunctionConfig applied;

  DeletedResource(OperatorExtension operator) {
    this.operator = operator;
    this.resources = operator.resources();
  }

  OperatorExtension operator() {
    return operator;
  }

  ResourceClient resources() {
    return resources;
  }

  /** Starts the operator and brings the resource to a step; returns the resource. */
  LambdaFunctionConfig bringTo(ReconcileStep step) throws Exception {
    operator.aws().createFunction(FunctionSeed.zip(FUNCTION).with("Timeout", 30));
    operator.start();
    step.reach(this);
    return Objects.requireNonNull(applied);
  }

  void inSync() {
    apply(30);
    resources.awaitReady(NAME);
  }

  void apply(int timeout) {
    apply("functionName: orders\ntimeout: " + timeout);
  }

  void apply(String spec) {
    applied = resources.apply(NAME, spec);
  }

  FaultScript updates() {
    return operator.aws().faults().onUpdates().of(FUNCTION).always();
  }

  Fleet others(String settings, int size) throws InterruptedException {
    Fleet fleet = Fleet.of(operator, size, seed -> seed.with("Timeout", 30));
    fleet.apply(settings);
    return fleet;
  }

  /** Deletes the resource while a call of its reconcile is under way. */
  void deleteAndBeForgotten() {
    LambdaFunctionConfig resource = resources.get(NAME);
    applied = resource;
    assertThat(isHeldByItsState(resource)).isTrue();
    resources.resource(NAME).delete();
    Awaitility.await("the deletion to be seen")
        .atMost(AT_ONCE)
        .until(() -> !isHeldByItsState(resource));
  }

  private boolean isHeldByItsState(LambdaFunctionConfig resource) {
    return HeldReferences.ofUid(operator.running(), resource).stream()
        .anyMatch(path -> path.contains("ResourceStates.states"));
  }

  /** Returns when the operator holds the resource by a path that contains this one. */
  void awaitHeldAt(String path) {
    LambdaFunctionConfig resource = Objects.requireNonNull(applied);
    Awaitility.await("it to be held at " + path)
        .atMost(AT_ONCE)
        .untilAsserted(
            () ->
                assertThat(HeldReferences.of(operator.running(), resource))
                    .anyMatch(held -> held.contains(path)));
  }

  void awaitNothingHeld(LambdaFunctionConfig resource) {
    Awaitility.await("nothing to be held")
        .atMost(AT_ONCE)
        .untilAsserted(() -> assertThat(HeldReferences.of(operator.running(), resource)).isEmpty());
  }

  void awaitNothingHeldByUid(LambdaFunctionConfig resource) {
    Awaitility.await("nothing to be held of the one before")
        .atMost(AT_ONCE)
        .untilAsserted(
            () -> assertThat(HeldReferences.ofUid(operator.running(), resource)).isEmpty());
  }
}
